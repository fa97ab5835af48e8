// The planning calendar: what may be moved is dragged to another day, or moved by Alt and an arrow key. The server decides. What is
// promised is asked about on its act's own page; the forms of the entries do the same without this.
import { patch } from "./patch.js";

const planned = document.querySelector("#planned"), says = document.querySelector("#planning-says");
const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
let dragged = null, busy = false;

const formOf = entry => entry.querySelector(".entry-move form");
const linkOf = entry => entry.querySelector(".entry-name");
const place = day => planned.querySelector(`[data-to="${day}"]`);

function say(words, undo) {
  says.textContent = words;
  if (!undo) return;
  const button = Object.assign(document.createElement("button"), { type: "button", className: "second", textContent: "Undo" });
  button.addEventListener("click", undo);
  says.append(button);
}

// What the browser does with an entry that is dragged is of no use for one that stays.
function arm() {
  for (const entry of planned.querySelectorAll("[data-moves]")) {
    entry.draggable = true;
    linkOf(entry).draggable = false;
    linkOf(entry).setAttribute("aria-keyshortcuts", "Alt+ArrowLeft Alt+ArrowRight Alt+ArrowUp Alt+ArrowDown");
  }
}

function later(day, by) {
  const date = new Date(`${day}T00:00Z`);
  date.setUTCDate(date.getUTCDate() + by);
  return date.toISOString().slice(0, 10);
}

async function move(entry, day) {
  const form = formOf(entry), from = entry.dataset.day, id = entry.id;
  if (busy || day === from) return;
  form.elements.Day.value = day;
  if (entry.dataset.moves === "ask" || !place(day)) {
    // The question, or the days that this page does not show.
    if (form.elements.Shown && day) form.elements.Shown.value = day;
    form.requestSubmit();
    return;
  }
  busy = true;
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { "X-Requested-With": "fetch" } });
    const told = await answer.json().catch(() => ({}));
    await look();
    const moved = document.getElementById(id) ?? same(id);
    if (moved) linkOf(moved).focus();
    if (answer.ok) say(told.said, () => { const there = document.getElementById(id) ?? same(id); if (there) move(there, from); });
    else say(told.title ?? (answer.status === 401 ? "Your session has ended. Sign in again." : "It could not be moved."));
  } catch {
    say("No connection: it was not moved.");
  }
  busy = false;
}

// One assignment may stand on a day and in a list: on a day it is called by its number alone.
const same = id => planned.querySelector(`.entry[id$="${id.split("-").at(-1)}"]`);

async function look() {
  const answer = await fetch(location.pathname + location.search, { headers: { "X-Requested-With": "fetch" } });
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#planned");
  if (!fresh) return;
  patch(planned, document.adoptNode(fresh));
  arm();
}

planned.addEventListener("keydown", event => {
  const entry = event.target.closest("[data-moves]");
  if (!event.altKey || event.ctrlKey || event.metaKey || !(event.key in steps) || !entry || !event.target.matches(".entry-name")) return;
  event.preventDefault();
  const turned = getComputedStyle(planned).direction === "rtl" && Math.abs(steps[event.key]) === 1 ? -1 : 1;
  const from = entry.dataset.day || document.querySelector(".day")?.dataset.to;
  move(entry, entry.dataset.day ? later(from, steps[event.key] * turned) : from);
});

const targetOf = event => {
  const target = dragged && event.target.closest("[data-to]");
  return target && (target.dataset.to || dragged.dataset.moves === "post") ? target : null;
};
const mark = target => {
  for (const other of planned.querySelectorAll(".is-target")) if (other !== target) other.classList.remove("is-target");
  target?.classList.add("is-target");
};
planned.addEventListener("dragstart", event => {
  dragged = event.target.closest?.("[data-moves]");
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", linkOf(dragged).textContent);
  dragged.classList.add("is-dragged");
});
planned.addEventListener("dragover", event => {
  const target = targetOf(event);
  if (target) event.preventDefault();
  mark(target);
});
planned.addEventListener("drop", event => {
  const target = targetOf(event), entry = dragged;
  if (!target) return;
  event.preventDefault();
  mark(null);
  move(entry, target.dataset.to);
});
planned.addEventListener("dragend", () => {
  mark(null);
  dragged?.classList.remove("is-dragged");
  dragged = null;
});

// What colleagues plan shows at once, unless something is moved or typed here.
document.addEventListener("newsroom-change", () => {
  if (!dragged && !busy && !document.hidden && !planned.querySelector("details[open]")) look().catch(() => { /* with the next change */ });
});

arm();
document.querySelector("#move-help")?.removeAttribute("hidden");
