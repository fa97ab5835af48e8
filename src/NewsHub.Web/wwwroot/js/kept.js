// The pages that the worker (sw.js) has kept in this browser, newest first, and a way to forget them.
const place = document.querySelector(".kept");
const list = place.querySelector("ol");
const said = place.querySelector("[role=status]");
const forget = place.querySelector("button");
const shelf = async kind => self.caches && (await caches.keys()).find(name => name.startsWith(`${kind} `));

async function read() {
  const name = await shelf("pages");
  const cache = name && await caches.open(name);
  const lines = await Promise.all((cache ? await cache.keys() : []).map(async request => {
    const answer = await cache.match(request);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const story = page.querySelector("main .story");
    const title = story ? page.querySelector("h1") : page.querySelector("title");
    return { address: request.url, story, title: title.textContent.trim(), when: new Date(answer.headers.get("Kept")) };
  }));
  return lines.sort((a, b) => b.when - a.when);
}

function print({ address, story, title, when }) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = address;
  link.textContent = title;
  link.dir = "auto";
  if (story?.lang) link.lang = story.lang;
  const time = document.createElement("time");
  time.dateTime = when.toISOString().replace(/\.\d+/, "");
  time.textContent = place.dataset.read.replace("{moment}", when.toLocaleString(place.dataset.locale, { dateStyle: "long", timeStyle: "short" }));
  item.append(link, time);
  return item;
}

async function show() {
  const lines = await read();
  list.replaceChildren(...lines.map(print));
  forget.hidden = lines.length === 0;
  said.textContent = lines.length > 0 ? "" : navigator.serviceWorker ? place.dataset.none : place.dataset.unable;
}

forget.addEventListener("click", async () => {
  for (const kind of ["pages", "pictures"]) {
    const name = await shelf(kind);
    if (name) await caches.delete(name);
  }
  await show();
  said.textContent = place.dataset.forgotten;
});

show();
