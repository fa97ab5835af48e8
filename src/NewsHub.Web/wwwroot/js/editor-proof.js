// The proof beside the form: set anew when typing rests. Only the article is replaced, so that the place stays where it was.
import { patch } from "./patch.js";

const rest = 700;

export function proof(form) {
  const frame = form.querySelector("iframe[name=proof]");
  const shown = () => getComputedStyle(frame.closest(".desk-proof")).display !== "none";
  let timer, asked = 0, stale = false;

  async function now() {
    clearTimeout(timer);
    stale = true;
    if (!shown()) return;
    const turn = ++asked;
    try {
      const answer = await fetch(`/admin/stories/${form.dataset.story}/proof`, { method: "POST", body: new FormData(form), headers: { "X-Requested-With": "fetch" }, redirect: "manual" });
      if (!answer.ok || turn !== asked) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
      const into = frame.contentDocument?.querySelector("main");
      if (!into || !fresh || turn !== asked) return;
      // Pictures that stay are not asked for again, and do not flicker: what is alike is left where it is.
      patch(into, fresh);
      stale = false;
    } catch { /* the next pause in typing asks again */ }
  }

  frame.addEventListener("load", () => { if (stale) now(); });
  form.querySelector("[data-proof]").addEventListener("click", event => { event.preventDefault(); now(); });
  return { now, soon() { clearTimeout(timer); timer = setTimeout(now, rest); } };
}
