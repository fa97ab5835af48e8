// New, edited and deleted entries of a live story: taken from this very page as the server prints it now. What is being read does not move: new
// entries come in at once only where the list's head is in sight, and else wait behind a button.
let waiting = [], asking = false, again = false;

export async function freshen(live, write) {
  if (asking) { again = true; return; }
  asking = true;
  try {
    const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } });
    if (answer.ok) take(live, write, new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".live[data-updated]"));
  } catch { /* the next word brings it */ }
  asking = false;
  if (again) { again = false; freshen(live, write); }
}

function take(live, write, fresh) {
  if (!fresh) return;
  live.dataset.updated = fresh.dataset.updated;
  for (const part of [".live-keys", ".live-pinned"]) {
    const [here, there] = [live.querySelector(part), fresh.querySelector(part)];
    if (here.innerHTML !== there.innerHTML) here.replaceChildren(...there.childNodes);
  }
  const entries = new Map([...fresh.querySelectorAll(".entry")].map(entry => [entry.id, entry]));
  const list = live.querySelector(".entries");
  const last = [...entries.keys()].at(-1);
  // What the server no longer prints, down to the last that it does, is deleted.
  let within = true;
  for (const entry of [...list.children]) {
    if (entry.id === last) within = false;
    const now = entries.get(entry.id);
    if (now && now.dataset.version !== entry.dataset.version) entry.replaceWith(document.adoptNode(now));
    else if (!now && (within || !last)) entry.remove();
  }
  waiting = [...entries.values()].filter(entry => !document.getElementById(entry.id));
  if (waiting.length === 0) { live.querySelector(".live-new")?.remove(); return; }
  const say = live.querySelector(".live-say");
  write(say, waiting.length);
  if (list.getBoundingClientRect().top > 0) { put(list); return; }
  let button = live.querySelector(".live-new");
  if (!button) {
    button = Object.assign(document.createElement("button"), { type: "button", className: "live-new" });
    button.addEventListener("click", () => { const [first] = waiting; put(list); button.remove(); first?.scrollIntoView({ block: "center" }); });
    list.before(button);
  }
  button.textContent = say.textContent;
}

function put(list) {
  list.parentElement.querySelector(".live-none")?.remove();
  // Newest first, each before the one that came before it; brought back, an old one finds its place by its time.
  for (const entry of waiting) {
    entry.classList.add("entry--new");
    const when = entry.querySelector("time").dateTime;
    const next = [...list.children].find(other => other.querySelector("time").dateTime < when || other.querySelector("time").dateTime === when && !waiting.includes(other));
    list.insertBefore(document.adoptNode(entry), next ?? null);
  }
  waiting = [];
}
