// The page while it is looked at: readers, shares and reactions as they are, news that breaks, and what one sends in oneself. One stream a tab; a
// hidden tab has none, and of one browser's tabs four at most, since a browser opens no more than six connections to a host: the others ask.
const story = document.querySelector("main .story")?.dataset.story;
const live = document.querySelector("main .live[data-updated]");
const streams = 4, often = live ? 8000 : 20000;
let updates;

// The forms of a count stand at its place. Digits are the same in every language, as the server prints them.
const { lang } = document.documentElement;
const plural = new Intl.PluralRules(lang), figures = new Intl.NumberFormat(`${lang}-u-nu-latn`);
const write = (element, n) => { element.textContent = (element.dataset[plural.select(n)] ?? element.dataset.other).replace("{n}", figures.format(n)); };

function show({ readers, shares, reactions, breaking, updated }) {
  const line = document.querySelector("main .story .engagement");
  if (line && readers !== undefined) {
    const place = line.querySelector(".readers");
    if (readers === 0) place.textContent = ""; else write(place, readers);
  }
  if (line && shares !== undefined) write(line.querySelector(".shares"), shares);
  if (line && reactions) {
    write(line.querySelector(".reacted"), Object.values(reactions).reduce((sum, n) => sum + n, 0));
    for (const button of document.querySelectorAll("main .story .react button")) button.querySelector("b").textContent = reactions[button.value] ?? 0;
  }
  if (breaking !== undefined) alarm(String(breaking));
  if (live && updated > live.dataset.updated) (updates ??= import(live.dataset.island)).then(island => island.freshen(live, write));
}

// What breaks is printed by the server: the bar is taken from this page as it is now.
let asking = false;
async function alarm(flagged) {
  const bar = document.querySelector(".breaking");
  if (asking || (bar?.dataset.story ?? "0") === flagged) return;
  if (flagged === "0") { bar.remove(); return; }
  asking = true;
  try {
    const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector(".breaking");
    if (fresh) {
      bar?.remove();
      document.querySelector("#main").before(document.adoptNode(fresh));
      (await import(page.querySelector('script[src*="/breaking."]').getAttribute("src"))).raise();
    }
  } catch { /* the next word brings it */ }
  asking = false;
}

// One look at the page, from when it is seen until it is hidden: with its end all that it holds is let go.
let look;
async function start() {
  if (document.hidden || look) return;
  look = new AbortController();
  const { signal } = look;
  const address = `/now?${new URLSearchParams({ ...story && { story }, reader: await reader(signal) })}`;
  for (let place = 1; !await hold(`now ${place}`, { ifAvailable: true }, signal); place++) if (place === streams) return ask(address, signal);
  if (signal.aborted) return;
  const source = new EventSource(address);
  signal.addEventListener("abort", () => source.close());
  source.onmessage = ({ data }) => show(JSON.parse(data));
  // While it tries by itself, let it; once it was refused, ask instead.
  source.onerror = () => { if (source.readyState === EventSource.CLOSED) setTimeout(ask, often, address, signal); };
}

function stop() {
  look?.abort();
  look = undefined;
}

async function ask(address, signal) {
  if (signal.aborted) return;
  try {
    const answer = await fetch(address, { signal });
    if (answer.ok) show(await answer.json());
  } catch { /* once more in a while */ }
  setTimeout(ask, often, address, signal);
}

// A lock of this browser's, held until the signal; whether it was to be had.
const hold = (name, options, signal) => new Promise(had => {
  if (!navigator.locks) return had(true);
  navigator.locks.request(name, options, lock => {
    had(lock !== null);
    if (lock && !signal.aborted) return new Promise(left => signal.addEventListener("abort", left));
  }).catch(() => had(false));
});

// A number that says nothing of anyone and ends with the tab. A tab that is opened beside another takes over its number, by the name of the lock
// that the other holds: two tabs are one reader.
async function reader(signal) {
  let key;
  try { key = sessionStorage.getItem("reader"); } catch { /* the number of this page only */ }
  if (!key) {
    const { held = [] } = await navigator.locks?.query().catch(() => ({})) ?? {};
    key = held.find(lock => lock.name.startsWith("reader "))?.name.slice(7) ?? [...crypto.getRandomValues(new Uint8Array(8))].map(b => b.toString(16).padStart(2, "0")).join("");
    try { sessionStorage.setItem("reader", key); } catch { /* the number of this page only */ }
  }
  hold(`reader ${key}`, { mode: "shared" }, signal);
  return key;
}

document.addEventListener("visibilitychange", () => { if (document.hidden) stop(); else start(); });
addEventListener("pagehide", stop);
addEventListener("pageshow", event => { if (event.persisted) start(); });
start();

// Reactions and shares: the form and the links work without this; with it the page stays, one's own choice shows, and a second press takes it back.
const say = (place, words) => { place.textContent = ""; requestAnimationFrame(() => { place.textContent = words; }); };

// One's own choice is remembered here alone: the page is the same for everybody.
const name = `react:${story}`;
const recall = () => { try { return localStorage.getItem(name); } catch { return null; } };
const remember = kind => { try { if (kind) localStorage.setItem(name, kind); else localStorage.removeItem(name); } catch { /* for this page only */ } };

for (const form of document.querySelectorAll("main .story .react")) {
  const said = form.querySelector("[role=status]");
  let own = recall(), busy = false;
  const mark = () => { for (const button of form.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.value === own)); };
  mark();
  form.addEventListener("submit", async event => {
    event.preventDefault();
    const kind = event.submitter?.value;
    if (busy || !kind) return;
    busy = true;
    try {
      const answer = await fetch(form.action, { method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams({ kind: kind === own ? "" : kind }) });
      const told = await answer.json();
      if (answer.ok) {
        own = told.own;
        remember(own);
        mark();
        if (told.reactions) show(told);
        say(said, own ? said.dataset.own.replace("{reaction}", () => event.submitter.querySelector("span").textContent) : said.dataset.taken);
      } else say(said, told.title);
    } catch { say(said, said.dataset.lost); }
    busy = false;
  });
}

for (const box of document.querySelectorAll("main .story .share")) {
  const address = document.querySelector('link[rel="canonical"]')?.href ?? location.href;
  const title = document.querySelector("h1").textContent.trim();
  const said = box.querySelector("[role=status]");
  const count = async way => {
    try {
      const answer = await fetch(`/share/${story}/${way}`, { method: "POST", headers: { Accept: "application/json" }, keepalive: true });
      if (answer.ok) show(await answer.json());
    } catch { /* it was shared, if not counted */ }
  };
  const button = (way, able, share) => {
    const press = box.querySelector(`[data-share="${way}"]`);
    if (!press || !able) return;
    press.closest("li").hidden = false;
    press.addEventListener("click", async () => {
      try { await share(); count(way); }
      catch (error) { if (error.name !== "AbortError") say(said, said.dataset.failed); }
    });
  };
  button("sheet", navigator.share, () => navigator.share({ title, url: address }));
  button("copy", navigator.clipboard, async () => { await navigator.clipboard.writeText(address); say(said, said.dataset.copied); });
  box.querySelector('[data-share="email"]').addEventListener("click", () => count("email"));
}

// Once the page is there, the worker that keeps it for reading offline; a proof is nobody's to keep.
if (navigator.serviceWorker && !/^\/(admin|preview)\//.test(location.pathname)) addEventListener("load", async () => {
  try {
    const first = !navigator.serviceWorker.controller;
    await navigator.serviceWorker.register("/sw.js");
    const { active } = await navigator.serviceWorker.ready;
    active.postMessage({ first, files: performance.getEntriesByType("resource").map(entry => entry.name) });
  } catch { /* it is read as it is */ }
});
