// The page while it is looked at: readers, shares and reactions as they are, and news that breaks. One stream a tab; a hidden tab has none, and
// of one browser's tabs four at most, since a browser opens no more than six connections to a host: the others ask from time to time.
const story = document.querySelector("main .story")?.dataset.story;
const streams = 4, often = 20000;
let source, timer, address, leave, part;

// A number that says nothing of anyone and ends with the tab. A tab that is opened beside another takes over its number, by the name of the lock
// that the other holds: two tabs are one reader.
async function reader() {
  let key;
  try { key = sessionStorage.getItem("reader"); } catch { /* the number of this page only */ }
  if (!key) {
    const { held = [] } = await navigator.locks?.query() ?? {};
    key = held.find(lock => lock.name.startsWith("reader "))?.name.slice(7) ?? [...crypto.getRandomValues(new Uint8Array(8))].map(b => b.toString(16).padStart(2, "0")).join("");
    try { sessionStorage.setItem("reader", key); } catch { /* the number of this page only */ }
  }
  navigator.locks?.request(`reader ${key}`, { mode: "shared" }, () => new Promise(parted => { part = parted; })).catch(() => {});
  return key;
}

const write = (element, n) => { if (element) element.textContent = `${n.toLocaleString("en")} ${n === 1 ? element.dataset.one : element.dataset.many}`; };

function show({ readers, shares, reactions, breaking }) {
  const line = document.querySelector(".engagement");
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
}
document.addEventListener("tally", ({ detail }) => show(detail));

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
    const fresh = page.querySelector(".breaking"), island = page.querySelector('script[src*="/breaking."], script[src*="/breaking-"]');
    if (fresh) {
      bar?.remove();
      document.querySelector("#main").before(document.adoptNode(fresh));
      if (island) (await import(island.getAttribute("src"))).raise?.();
    }
  } catch { /* the next word brings it */ }
  asking = false;
}

async function start() {
  if (document.hidden || address) return;
  address = "/now";
  address = `/now?${new URLSearchParams({ ...story && { story }, reader: await reader() })}`;
  for (let place = 1; place <= streams && !leave; place++) await take(place);
  if (document.hidden) return stop();
  if (!leave) return ask();
  source = new EventSource(address);
  source.onmessage = ({ data }) => show(JSON.parse(data));
  source.onerror = () => {
    // While it tries by itself, let it; once it was refused, ask instead.
    if (source?.readyState !== EventSource.CLOSED) return;
    source.close();
    leave?.();
    timer = setTimeout(ask, often);
  };
}

// A place among this browser's streams, held by a lock until it is left.
const take = place => new Promise(taken => {
  if (!navigator.locks) { leave = () => {}; return taken(); }
  navigator.locks.request(`now ${place}`, { ifAvailable: true }, lock => {
    if (!lock) return taken();
    const held = new Promise(left => { leave = left; });
    taken();
    return held;
  }).catch(taken);
});

async function ask() {
  try {
    const answer = await fetch(address);
    if (answer.ok) show(await answer.json());
  } catch { /* once more in a while */ }
  timer = document.hidden ? undefined : setTimeout(ask, often);
}

function stop() {
  source?.close();
  clearTimeout(timer);
  leave?.();
  part?.();
  source = timer = address = leave = part = undefined;
}

document.addEventListener("visibilitychange", () => { if (document.hidden) stop(); else start(); });
addEventListener("pagehide", stop);
addEventListener("pageshow", event => { if (event.persisted) start(); });
start();
