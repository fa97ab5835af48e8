// The editions board: stories move by their grips, by pointer or keyboard. What moves is the form's own rows; the server reads their order.
// A front in progress saves itself after each change; one that readers have is saved by hand.

const board = document.querySelector("#board");
const says = board.querySelector("#board-says");
const unsaved = board.querySelector("#unsaved");
const hand = board.querySelector(".slots--hand");
const lists = () => [...board.querySelectorAll(".slots")].filter(list => list.closest(".group, .place, .board-hand"));
const nameOf = piece => piece.querySelector(".piece-head").textContent;
const placeOf = piece => piece.querySelector("select");
const keeps = board.dataset.keeps === "true";
const copy = `board ${location.pathname}`;
const patience = 20000;
// Overtaken: a colleague has changed the front meanwhile, and nothing is saved any more but by hand.
let dirty = board.dataset.unsaved === "true", sent = false, waited = false, checking, sending = null, changes = 0, overtaken = false;

board.querySelector("#grip-help").hidden = false;
for (const grip of board.querySelectorAll(".grip")) grip.hidden = false;

function say(sentence) { says.textContent = sentence; }

// Where a story would stand in a list: a section's stories stand in the section's own group, whichever group they are dropped on.
function listFor(piece, list) {
  if (!list.dataset.section || list.dataset.section === piece.dataset.section) return list;
  return board.querySelector(`.group[data-section="${piece.dataset.section}"] .slots`) ?? list;
}

function nameOfList(list) {
  if (list === hand) return "not placed";
  return list.dataset.section ? list.closest(".group").querySelector("h3 span").textContent : list.dataset.place;
}

function where(piece) {
  const list = piece.parentElement, pieces = [...list.children];
  return list === hand ? "not placed" : `${nameOfList(list)}, ${pieces.indexOf(piece) + 1} of ${pieces.length}`;
}

/** Puts a story into a list before another (at the end without one). The front has one lead: the one that it takes the place of becomes the first of the seconds. */
function put(piece, list, before = null) {
  list = listFor(piece, list);
  if (before?.parentElement !== list) before = null;
  list.insertBefore(piece, before);
  placeOf(piece).value = list.dataset.place;
}

function settle() {
  const lead = board.querySelector('.slots[data-place="Lead"]'), seconds = board.querySelector('.slots[data-place="Second"]');
  const last = settle.moved;
  if (lead.children.length < 2 || !last || last.parentElement !== lead) return;
  for (const other of [...lead.children].filter(piece => piece !== last)) put(other, seconds, seconds.firstElementChild);
}

function changed(piece) {
  settle.moved = piece;
  settle();
  dirty = true;
  changes++;
  unsaved.textContent = keeps && !overtaken ? "Saving…" : "Not saved yet";
  vacate();
  holdHere();
  clearTimeout(checking);
  checking = setTimeout(send, 400);
}

// How many of a new front's places are empty still.
function vacate() {
  for (const vacant of board.querySelectorAll(".vacant")) {
    const empty = vacant.dataset.planned - vacant.parentElement.querySelectorAll(":scope > .slots > .piece").length;
    vacant.hidden = empty <= 0;
    vacant.textContent = empty === 1 ? "1 empty place" : `${empty} empty places`;
  }
}

// A copy in this window, for as long as the server has not got it.
function holdHere() {
  const front = [...board.querySelectorAll(".board-front .piece")].map(piece => [piece.dataset.story, placeOf(piece).value]);
  try {
    sessionStorage.setItem(copy, JSON.stringify({ base: board.elements.Base.value, front }));
  } catch { /* no room: the page itself has it */ }
}

function bringBack() {
  const held = JSON.parse(sessionStorage.getItem(copy) ?? "null");
  if (!held || !keeps || board.dataset.unsaved === "true" || document.querySelector(".said")) return sessionStorage.removeItem(copy);
  const wanted = new Set(held.front.map(([story]) => story));
  for (const piece of board.querySelectorAll(".board-front .piece")) if (!wanted.has(piece.dataset.story)) put(piece, hand);
  for (const [story, place] of held.front) {
    const piece = board.querySelector(`#story-${story}`);
    const name = place === "Section" ? `.group[data-section="${piece?.dataset.section}"] .slots` : `.slots[data-place="${place}"]`;
    const list = piece && board.querySelector(name);
    if (list) put(piece, list);
  }
  overtaken = held.base !== board.elements.Base.value;
  changed(null);
  if (overtaken) unsaved.textContent = "Your changes are back, but someone else has changed the edition. Check the front, then save.";
}

// The order as it stands now goes to the server: to be saved, or to be looked at by what will judge it. One request at a time.
function send() {
  if (sending || sent) return;
  const now = changes;
  sending = post(now).finally(() => {
    sending = null;
    if (changes !== now) send();
  });
}

async function post(now) {
  const [saves, form] = [keeps && !overtaken, new FormData(board)];
  form.set("Do", saves ? "keep" : "check");
  try {
    const answer = await fetch(board.action, {
      method: "POST", body: new URLSearchParams(form), headers: { "X-Requested-With": "fetch" }, redirect: "manual",
      signal: AbortSignal.timeout(patience),
    });
    if (answer.status === 401) return lost("Your session has ended. What you have here is kept in this window. Reload it to sign in.");
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (page.querySelector("#board")) take(page, answer.status, saves, now);
    else lost("Not saved: the server does not accept it now. What you have here is kept in this window. Reload it to go on.");
  } catch {
    lost("No connection. What you have here is kept in this window, and saved with the next change.");
  }
}

function lost(sentence) {
  if (keeps) unsaved.textContent = sentence;
}

// What the server says of the front is shown when no story is being moved: the places would shift under the pointer.
const later = [];

function show(change) {
  later.push(change);
  if (!drag && !held) shown();
}

function shown() {
  for (const change of later.splice(0)) change();
}

function take(page, status, saves, now) {
  show(() => board.querySelector("#warnings").replaceWith(document.adoptNode(page.querySelector("#warnings"))));
  if (!saves) return;
  if (status === 409) {
    overtaken = true;
    for (const part of ["#problems", ".meanwhile"]) {
      const told = page.querySelector(part);
      show(() => {
        document.querySelector(part)?.remove();
        if (told) board.before(document.adoptNode(told));
      });
    }
    unsaved.textContent = "Not saved: someone else changed this edition. Your front is still here: check it, then save.";
  } else if (status !== 200) {
    unsaved.textContent = `Not saved: ${page.querySelector("#problems li")?.textContent.trim() ?? ""}`;
    return;
  }
  for (const name of ["Version", "Base", "WasOut"]) board.elements[name].value = page.querySelector(`#board [name=${name}]`).value;
  if (status === 409 || changes !== now) return holdHere();
  dirty = false;
  sessionStorage.removeItem(copy);
  unsaved.textContent = page.querySelector("#unsaved").textContent;
  const proof = document.querySelector("iframe.proof")?.contentWindow;
  if (proof && proof.location.href !== "about:blank") proof.location.reload();
}

// By pointer: the story stays where it is until it is put down; a line shows where that would be.
const mark = document.createElement("li");
mark.className = "mark";
mark.setAttribute("aria-hidden", "true");
let drag = null;

function targetAt(x, y) {
  const under = document.elementFromPoint(x, y);
  const zone = under?.closest(".group, .place, .board-hand");
  if (!zone || !board.contains(zone)) return null;
  let list = zone.querySelector(":scope > .slots");
  // Anywhere among the sections is the story's own section.
  if (!list || list.dataset.section) list = board.querySelector(`.group[data-section="${drag.piece.dataset.section}"] .slots`) ?? list;
  if (!list) return null;
  const before = [...list.querySelectorAll(":scope > .piece")].find(piece => piece !== drag.piece && y < piece.getBoundingClientRect().top + piece.offsetHeight / 2);
  return { list, before: before ?? null };
}

function drop(done) {
  const { piece, grip, target, scroll } = drag;
  cancelAnimationFrame(scroll);
  mark.remove();
  piece.classList.remove("is-held");
  board.classList.remove("is-dragging");
  drag = null;
  if (!done || !target) say(`${nameOf(piece)} was not moved.`);
  else {
    put(piece, target.list, target.before);
    changed(piece);
    say(`${nameOf(piece)}: ${where(piece)}.`);
    grip.focus({ preventScroll: true });
  }
  shown();
}

function scrollAlong() {
  if (!drag) return;
  const edge = 60, over = drag.y < edge ? drag.y - edge : drag.y > innerHeight - edge ? drag.y - innerHeight + edge : 0;
  if (over) scrollBy(0, over / 4);
  const side = drag.target?.list.closest(".board-hand");
  if (side && over) side.scrollBy(0, over / 4);
  drag.scroll = requestAnimationFrame(scrollAlong);
}

board.addEventListener("pointerdown", event => {
  const grip = event.target.closest(".grip");
  if (!grip || event.button !== 0 || held) return;
  grip.setPointerCapture(event.pointerId);
  drag = { grip, piece: grip.closest(".piece"), x: event.clientX, y: event.clientY, moved: false, target: null };
});
board.addEventListener("pointermove", event => {
  if (!drag) return;
  if (!drag.moved) {
    if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < 5) return;
    drag.moved = true;
    drag.piece.classList.add("is-held");
    board.classList.add("is-dragging");
    drag.scroll = requestAnimationFrame(scrollAlong);
  }
  drag.y = event.clientY;
  drag.target = targetAt(event.clientX, event.clientY);
  if (drag.target) drag.target.list.insertBefore(mark, drag.target.before);
  else mark.remove();
});
board.addEventListener("pointerup", () => {
  if (!drag) return;
  if (drag.moved) return drop(true);
  drag = null;
  shown();
});
board.addEventListener("pointercancel", () => { if (drag) drop(false); });

// By keyboard.
let held = null;

function lift(grip) {
  const piece = grip.closest(".piece");
  held = { grip, piece, list: piece.parentElement, next: piece.nextElementSibling, place: placeOf(piece).value, lead: board.querySelector('.slots[data-place="Lead"] > .piece') };
  grip.setAttribute("aria-pressed", "true");
  piece.classList.add("is-held");
  say(`${nameOf(piece)} is picked up: ${where(piece)}. Arrow keys move it, Space drops it, Escape cancels.`);
}

function lay(back) {
  const { grip, piece, list, next, place } = held;
  held = null;
  grip.setAttribute("aria-pressed", "false");
  piece.classList.remove("is-held");
  if (back) {
    list.insertBefore(piece, next);
    placeOf(piece).value = place;
    say(`${nameOf(piece)} is back: ${where(piece)}.`);
  } else {
    if (piece.parentElement !== list || piece.nextElementSibling !== next) changed(piece);
    say(`${nameOf(piece)} is dropped: ${where(piece)}.`);
  }
  grip.focus();
  shown();
}

// Lists that the story may stand in, in the order of the page.
const openTo = piece => lists().filter(list => !list.dataset.section || list.dataset.section === piece.dataset.section);

function step(by) {
  const { piece, grip } = held;
  const other = by < 0 ? piece.previousElementSibling : piece.nextElementSibling;
  if (other) put(piece, piece.parentElement, by < 0 ? other : other.nextElementSibling);
  else {
    const open = openTo(piece), list = open[open.indexOf(piece.parentElement) + by];
    if (!list) return;
    put(piece, list, by < 0 ? null : list.firstElementChild);
  }
  reveal(piece, grip);
}

function jump(by) {
  const { piece, grip } = held, open = openTo(piece), list = open[open.indexOf(piece.parentElement) + by];
  if (!list) return;
  put(piece, list, list === hand ? list.firstElementChild : null);
  reveal(piece, grip);
}

function reveal(piece, grip) {
  grip.focus();
  piece.scrollIntoView({ block: "nearest" });
  say(`${where(piece)}.`);
}

board.addEventListener("keydown", event => {
  if (drag && event.key === "Escape") { drop(false); return; }
  const grip = event.target.closest?.(".grip");
  if (!grip) return;
  const rtl = getComputedStyle(board).direction === "rtl" ? -1 : 1;
  if (event.key === " " || event.key === "Enter") held ? lay(false) : lift(grip);
  else if (!held) return;
  else if (event.key === "Escape") lay(true);
  else if (event.key === "ArrowUp") step(-1);
  else if (event.key === "ArrowDown") step(1);
  else if (event.key === "ArrowLeft") jump(-rtl);
  else if (event.key === "ArrowRight") jump(rtl);
  else if (event.key === "Tab") { lay(false); return; }
  else return;
  event.preventDefault();
});
// A click with a pointer that moves nothing picks up too, for those who cannot drag; the keyboard's own click is the keydown above.
board.addEventListener("keyup", event => { if (event.key === " " && event.target.closest?.(".grip")) event.preventDefault(); });
board.addEventListener("focusout", event => {
  // A story that moves in the page loses the focus for a moment.
  setTimeout(() => { if (held && document.activeElement !== held.grip && event.target === held.grip) lay(false); });
});

// The plain controls do at once what the form would do by a round trip.
board.addEventListener("change", event => {
  const select = event.target.closest(".piece-moves select");
  if (!select) return;
  const piece = select.closest(".piece"), list = select.value === "" ? hand
    : select.value === "Section" ? board.querySelector(`.group[data-section="${piece.dataset.section}"] .slots`) : board.querySelector(`.slots[data-place="${select.value}"]`);
  if (!list) return;
  put(piece, list, list === hand ? list.firstElementChild : null);
  changed(piece);
  piece.scrollIntoView({ block: "nearest" });
  select.focus({ preventScroll: true });
  say(`${nameOf(piece)}: ${where(piece)}.`);
});
board.addEventListener("click", event => {
  const button = event.target.closest(".nudge, .nudges button");
  if (!button) return;
  event.preventDefault();
  const up = button.value.startsWith("up"), row = button.closest(button.matches(".nudge") ? ".piece" : ".group");
  const filled = other => !row.matches(".group") || other.querySelector(".piece");
  let other = up ? row.previousElementSibling : row.nextElementSibling;
  while (other && !filled(other)) other = up ? other.previousElementSibling : other.nextElementSibling;
  if (!other) return;
  row.parentElement.insertBefore(row, up ? other : other.nextElementSibling);
  button.focus();
  changed(null);
  say(row.matches(".piece") ? `${nameOf(row)}: ${where(row)}.` : `${row.querySelector("h3 span").textContent} moved ${up ? "up" : "down"}.`);
});

// Words in the search field leave out what has them not, before the store is asked.
board.querySelector("#Find").addEventListener("input", ({ target }) => {
  const words = target.value.trim().toLocaleLowerCase();
  for (const piece of hand.children) piece.hidden = words !== "" && !nameOf(piece).toLocaleLowerCase().includes(words);
});

board.addEventListener("submit", event => {
  sent = true;
  if (!sending || waited) return;
  // What is on its way arrives first: the form goes on from it, and is no conflict with itself.
  event.preventDefault();
  const [{ submitter }, before] = [event, overtaken];
  Promise.race([sending, new Promise(done => setTimeout(done, 3000))]).then(() => {
    // A colleague's front came to light: it is looked at before anything is saved over it.
    if (overtaken && !before) { sent = false; return; }
    waited = true;
    board.requestSubmit(submitter);
  });
});
addEventListener("pageshow", () => { sent = waited = false; });
addEventListener("online", () => { if (dirty && keeps) send(); });
addEventListener("beforeunload", event => { if (dirty && !sent) event.preventDefault(); });
bringBack();
