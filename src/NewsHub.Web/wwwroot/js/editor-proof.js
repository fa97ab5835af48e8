// The proof beside the form: set anew when typing rests. Only the article is replaced, so that the place stays where it was.
import { patch } from "./patch.js";

const rest = 700;

export function proof(form) {
  const frame = form.querySelector("iframe[name=proof]");
  const asks = form.querySelector("[data-proof]");
  const shown = () => getComputedStyle(frame.closest(".desk-proof")).display !== "none";
  let timer, asked = 0, stale = false;

  async function now() {
    clearTimeout(timer);
    stale = true;
    if (!shown()) return;
    const request = ++asked;
    try {
      const address = form.dataset.story ? `/admin/stories/${form.dataset.story}/proof` : asks.formAction;
      const answer = await fetch(address, { method: "POST", body: new FormData(form), headers: { "X-Requested-With": "fetch" }, redirect: "manual" });
      if (!answer.ok || request !== asked) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
      const into = frame.contentDocument?.querySelector("main");
      if (!into || !fresh || request !== asked) return;
      // Pictures that stay are not asked for again, and do not flicker: what is alike is left where it is.
      patch(into, fresh);
      stale = false;
    } catch { /* the next pause in typing asks again */ }
  }

  frame.addEventListener("load", () => { if (stale) now(); });
  asks.addEventListener("click", event => { event.preventDefault(); now(); });
  // The block that begins like these words, where the proof stands beside the text.
  function follow(words) {
    const main = shown() && frame.contentDocument?.querySelector(".story-body, .prose");
    const plain = text => text.replace(/\s+/g, "").slice(0, 30);
    const wanted = plain(words);
    if (!main || wanted === "") return;
    const block = [...main.children].find(element => plain(element.textContent).startsWith(wanted));
    block?.scrollIntoView({ block: "nearest" });
  }

  return { follow, now, soon() { clearTimeout(timer); timer = setTimeout(now, rest); } };
}
