// Keeps the marked parts of a page as the server prints them now: asked when something has changed, and every few seconds, while the page is in
// sight. What is being typed stands outside of those parts, and the focus stays where it is.
import { patch } from "./patch.js";

const every = 10000, patience = 20000;
const parts = [...document.querySelectorAll("[data-fresh]")];
const said = Object.assign(document.createElement("p"), { className: "fresh-say" });
said.setAttribute("role", "status");
parts[0]?.before(said);
let timer, asking = false, told = false, stopped = parts.length === 0;

async function look() {
  clearTimeout(timer);
  if (asking) told = true;
  if (stopped || asking || document.hidden) return;
  asking = true;
  told = false;
  try {
    const answer = await fetch(location.pathname, { headers: { "X-Requested-With": "fetch" }, redirect: "manual", signal: AbortSignal.timeout(patience) });
    if (answer.status === 401) say("Your session has ended. Sign in in another tab to update this page.");
    else if (answer.status === 404) { stopped = true; say("This page no longer exists: something has changed."); }
    else if (answer.ok) { take(new DOMParser().parseFromString(await answer.text(), "text/html")); say(""); }
  } catch { say("No connection. This page may be out of date."); }
  asking = false;
  // What came while the answer was on its way may not be in it.
  if (!stopped) timer = setTimeout(look, told ? 0 : every);
}

function say(words) { if (said.textContent !== words) said.textContent = words; }

// What a link or a button does: by it the focus is found again, should its element have become another's.
const doing = element => [element.getAttribute("href"), element.form?.getAttribute("action"), ...element.form ? [...new FormData(element.form)].filter(([name]) => name !== token).flat() : [], element.name, element.value].join(" ");
const token = "__RequestVerificationToken";

function take(page) {
  // Each answer brings another token for the same session: the one that is here goes on serving.
  const here = document.querySelector(`[name=${token}]`)?.value;
  if (here) for (const field of page.querySelectorAll(`[name=${token}]`)) field.setAttribute("value", here);
  for (const part of parts) {
    const fresh = page.querySelector(`[data-fresh="${part.dataset.fresh}"]`);
    if (!fresh || part.isEqualNode(fresh)) continue;
    const held = part.contains(document.activeElement) ? document.activeElement : null;
    const did = held && doing(held);
    patch(part, fresh);
    if (!held || held.isConnected && doing(held) === did) continue;
    const again = [...part.querySelectorAll("a, button, input, select, summary")].find(element => doing(element) === did);
    if (again) again.focus({ preventScroll: true }); else held.blur?.();
  }
}

document.addEventListener("newsroom-change", look);
document.addEventListener("visibilitychange", look);
addEventListener("focus", look);
// What was sent brings another page.
addEventListener("submit", () => { stopped = true; clearTimeout(timer); });
addEventListener("pageshow", ({ persisted }) => { if (persisted) { stopped = parts.length === 0; look(); } });
if (!stopped) timer = setTimeout(look, every);
