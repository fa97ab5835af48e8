// The proof beside the form: set anew when typing rests. Only the article is replaced, so that the place stays where it was.

const rest = 900;

export function proof(form) {
  const frame = form.querySelector("iframe[name=proof]");
  let timer, asked = 0;
  // To the story, past the nameplate. A fragment in the frame's address would have scrolled the page around it too.
  const toStory = () => { const main = frame.contentDocument?.querySelector("main"); if (main) frame.contentWindow.scrollTo(0, main.getBoundingClientRect().top + frame.contentWindow.scrollY); };
  frame?.addEventListener("load", toStory);
  if (frame?.contentDocument?.readyState === "complete") toStory();
  const shown = () => frame && getComputedStyle(frame.closest(".desk-proof")).display !== "none";

  async function now() {
    clearTimeout(timer);
    if (!shown()) return;
    const turn = ++asked;
    try {
      const answer = await fetch(`/admin/stories/${form.dataset.story}/proof`, { method: "POST", body: new FormData(form), headers: { "X-Requested-With": "fetch" }, redirect: "manual" });
      if (!answer.ok || turn !== asked) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const into = frame.contentDocument?.querySelector("main");
      const fresh = page.querySelector("main");
      if (into && fresh) into.replaceChildren(...fresh.childNodes);
    } catch { /* the next pause in typing asks again */ }
  }

  form.querySelector("[data-proof]")?.addEventListener("click", event => { event.preventDefault(); now(); });
  return { now, soon() { clearTimeout(timer); timer = setTimeout(now, rest); } };
}
