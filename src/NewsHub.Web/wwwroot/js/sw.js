// Keeps the pages that a reader opened for when the network does not answer. The network always comes first: nothing kept stands in for newer news.
// However slow, its answer is waited for. No navigation preload: it would ask twice for what is left to the browser, and count a share double.
// The number says how things are kept: a worker that keeps them otherwise has another one, and drops what the old one kept.
const [house, pages, assets, pictures] = ["house", "pages", "assets", "pictures"].map(name => `${name} 1`);
const most = { [house]: 1, [pages]: 60, [assets]: 120, [pictures]: 240 };

// What the offline page is made of. These addresses change with the files, and with them this file, so that browsers take in the new ones.
const fittings = [
  new URL("../css/site.css", location), new URL("./frame.js", location), new URL("./live.js", location), new URL("./kept.js", location), new URL("../img/favicon.svg", location),
  new URL("../fonts/headline.woff2", location), new URL("../fonts/text.woff2", location), new URL("../fonts/label.woff2", location),
];

// The newsroom's and what is a moment's or one reader's: the browser goes there by itself.
const closed = /^\/(admin|preview|now|api|search|share|react|assets|media|healthz|readyz)(\/|$)/i;

addEventListener("install", event => event.waitUntil((async () => {
  await (await caches.open(house)).add(new Request("/offline", { cache: "no-cache" }));
  await (await caches.open(assets)).addAll(fittings.map(String));
  await skipWaiting();
})()));

addEventListener("activate", event => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (![house, pages, assets, pictures].includes(name)) await caches.delete(name);
  await clients.claim();
})()));

addEventListener("fetch", event => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (pathname.startsWith("/language/")) event.respondWith(chooseLanguage(event));
  else if (request.mode === "navigate") { if (!closed.test(pathname)) event.respondWith(open(event)); }
  else if (shelf(pathname)) event.respondWith(take(event));
});

// A page says what it loaded before this worker was there to see it, and the first one also that it was opened.
addEventListener("message", event => event.waitUntil((async () => {
  const { files, first } = event.data;
  const address = keyOf(event.source.url);
  if (first && !closed.test(new URL(address).pathname)) await note(address, await fetch(address));
  for (const file of files) if (shelf(new URL(file).pathname) && !await find(file)) await keep(shelf(new URL(file).pathname), file, await fetch(file));
})().catch(() => { /* what could not be fetched is not kept */ })));

async function open(event) {
  const address = keyOf(event.request.url);
  let answer;
  try { answer = await fetch(event.request); } catch { return offline(address); }
  event.waitUntil(note(address, answer.clone()));
  return answer;
}

// Another language is chosen: the offline page is taken in anew.
async function chooseLanguage(event) {
  const answer = await fetch(event.request);
  event.waitUntil((async () => { await (await caches.open(house)).add(new Request("/offline", { cache: "no-cache" })); })().catch(() => { /* in the old one, then */ }));
  return answer;
}

// Files are named by their bytes: one that is kept is the right one for good.
async function take(event) {
  const kept = await find(event.request.url);
  if (kept) return kept;
  const answer = await fetch(event.request);
  event.waitUntil(keep(shelf(new URL(event.request.url).pathname), event.request.url, answer.clone()));
  return answer;
}

// What is not there any more, or has moved, is not kept any longer; an error of the moment changes nothing.
async function note(address, answer) {
  const headers = new Headers(answer.headers);
  if (answer.status === 404 || answer.status === 410 || answer.type === "opaqueredirect") return (await caches.open(pages)).delete(address);
  if (answer.redirected || !/^text\/html\b/.test(headers.get("Content-Type")) || /no-store/.test(headers.get("Cache-Control"))) return;
  for (const name of ["Content-Encoding", "Content-Length", "Vary"]) headers.delete(name);
  headers.set("Kept", new Date().toISOString());
  await keep(new URL(address).pathname === "/offline" ? house : pages, address, answer, headers);
}

async function keep(name, address, answer, headers = answer.headers) {
  if (answer.status !== 200) return;
  const cache = await caches.open(name);
  // What is put stands last, also where it stood before: the first are the oldest.
  await cache.put(address, new Response(answer.body, { headers }));
  for (const old of (await cache.keys()).slice(0, -most[name])) await cache.delete(old);
}

async function offline(address) {
  const kept = await find(address, pages);
  const page = kept ?? await find("/offline", house);
  if (!page) return Response.error();
  const time = new Date(page.headers.get("Kept"));
  const say = await texts();
  const words = kept
    ? say.kept.replace("{moment}", `<time datetime="${time.toISOString().slice(0, 19)}Z">${time.toLocaleString(say.locale, { dateStyle: "long", timeStyle: "short" })}</time>`)
    : new URL(address).pathname === "/offline" ? "" : say.lost;
  const line = `<p class="offline page" role="status" lang="${say.lang}" dir="${say.dir}"><b>${navigator.onLine ? say.silent : say.offline}</b> ${words} <a href="">${say.again}</a>${kept ? ` <a href="/offline">${say.all}</a>` : ""}</p>`;
  const text = (await page.text()).replace(/<body[^>]*>(\s*<a class="skip".*?<\/a>)?/, found => found + line);
  return new Response(text, { status: kept ? 200 : 503, headers: page.headers });
}

// The words for it stand in the offline page, in the language that it was taken in.
async function texts() {
  const [, words] = (await (await find("/offline", house)).text()).match(/data-words="([^"]*)"/);
  return JSON.parse(words.replace(/&(?:quot|amp|#x([0-9a-f]+));/gi, (found, code) => code ? String.fromCodePoint(parseInt(code, 16)) : found === "&amp;" ? "&" : '"'));
}

const find = (address, cacheName) => caches.match(address, { cacheName, ignoreVary: true });
const shelf = path => path.startsWith("/assets/") ? assets : path.startsWith("/media/") ? pictures : undefined;

// Where a link came from makes it no other page.
function keyOf(url) {
  const address = new URL(url);
  address.hash = "";
  for (const name of [...address.searchParams.keys()]) if (/^(utm_.*|fbclid|gclid)$/.test(name)) address.searchParams.delete(name);
  return address.href;
}
