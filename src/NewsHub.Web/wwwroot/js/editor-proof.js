// The proof beside the form: set anew when typing rests. Only the article is replaced, so that the place stays where it was.

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

function patch(old, fresh) {
  for (const name of old.getAttributeNames()) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const name of fresh.getAttributeNames()) if (old.getAttribute(name) !== fresh.getAttribute(name)) old.setAttribute(name, fresh.getAttribute(name));
  const was = [...old.childNodes], now = [...fresh.childNodes];
  // Alike from the front and from the back stays; what lies between is looked into, pair by pair.
  let from = 0, end = 0;
  while (from < was.length && from < now.length && was[from].isEqualNode(now[from])) from++;
  while (end < was.length - from && end < now.length - from && was[was.length - 1 - end].isEqualNode(now[now.length - 1 - end])) end++;
  const left = was.slice(from, was.length - end), right = now.slice(from, now.length - end);
  const behind = was[was.length - end] ?? null;
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    if (i >= right.length) left[i].remove();
    else if (i >= left.length) old.insertBefore(right[i], behind);
    else if (left[i].nodeType === 1 && left[i].nodeName === right[i].nodeName) patch(left[i], right[i]);
    else left[i].replaceWith(right[i]);
  }
}
