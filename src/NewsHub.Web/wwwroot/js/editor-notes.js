// Notes to colleagues at the editor's side, on chosen words or on the whole story. The list is the one of the notes' own page: what is
// typed in it goes there, and it comes back from there.

const every = 10000;
const patience = 20000;

/**
 * @param kept keeps what is typed.
 * @param surface what is written on now; null for the field of Markdown.
 */
export function notes(form, kept, surface) {
  const side = form.querySelector(".desk-notes");
  const outside = document.querySelector("#notes-form");
  const about = side.querySelector(".note-about");
  const told = side.querySelector(".note-told");
  const tally = form.querySelector("[data-notes-tally]");
  const field = name => outside.elements[name];
  const address = () => `/admin/stories/${form.dataset.story}/notes`;
  let busy = false,
    last = null;

  form.querySelector(".desk-copy").addEventListener("focusin", ({ target }) => (last = target));
  about.querySelector("button").addEventListener("click", () => ask(null));

  // The words that are chosen, wherever one is writing.
  function chosen() {
    const on = surface();
    const line = /^Manuscript_(Headline|Standfirst)$/.exec(last?.id ?? "");
    if (on && !line) return on.notes.chosen();
    const from = line ? last : form.querySelector("#Manuscript_Body");
    const { selectionStart: start, selectionEnd: end } = from;
    return end > start ? { part: line?.[1] ?? "Body", start, quote: from.value.slice(start, end) } : null;
  }

  function ask(words) {
    about.hidden = words === null;
    about.querySelector("blockquote").textContent = words?.quote ?? "";
    field("Quote").value = words?.quote ?? "";
    field("Part").value = words?.part ?? "Body";
    field("Start").value = words?.start ?? 0;
    open();
    side.querySelector("[name=Text]").focus();
  }

  function open() {
    form.querySelector("[name=view][value=notes]").checked = true;
  }

  function lead(id) {
    open();
    const note = side.querySelector(`#note-${id}`);
    note?.scrollIntoView({ block: "nearest" });
    note?.querySelector("textarea")?.focus({ preventScroll: true });
  }

  outside.addEventListener("submit", async event => {
    event.preventDefault();
    if (busy) return;
    const data = new FormData(outside, event.submitter);
    const to = event.submitter?.getAttribute("formaction");
    const typed = /[?&]note=(\d+)/.exec(to ?? "");
    const sent = typed ? `Answers[${typed[1]}]` : "Text";
    busy = true;
    say("Sending…");
    // The words are to be in the text that the server has.
    if (form.dataset.story === "0" || (!typed && data.get("Quote"))) await kept.now();
    data.set("__RequestVerificationToken", form.querySelector("[name=__RequestVerificationToken]").value);
    const page = await load(to ?? address(), { method: "POST", body: data });
    busy = false;
    if (page) {
      const problem = page.querySelector("#problems li")?.textContent;
      say(problem ?? page.querySelector(".said")?.textContent ?? "");
      if (!problem && sent === "Text") {
        about.hidden = true;
        field("Quote").value = "";
      }
      take(page, problem ? null : sent);
    }
  });

  async function load(where, options = {}) {
    try {
      const answer = await fetch(where, { headers: { "X-Requested-With": "fetch" }, signal: AbortSignal.timeout(patience), ...options });
      if (answer.ok || answer.status === 400 || answer.status === 409) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        if (page.querySelector("[data-notes]")) return page;
      }
      say(
        answer.status === 401
          ? "Your session has ended. Sign in in another tab, and send the note again."
          : "The note was not taken. Try again.",
      );
    } catch {
      say("No connection. What you typed is still here.");
    }
    return null;
  }

  function say(words) {
    if (told.textContent !== words) told.textContent = words;
  }

  // The list as it is now; what stands unsent in its fields stays, and so does the cursor.
  function take(page, sent) {
    const old = side.querySelector("[data-notes]"),
      fresh = page.querySelector("[data-notes]");
    const held = old.contains(document.activeElement) ? document.activeElement : null;
    const range = held?.matches("textarea") ? [held.selectionStart, held.selectionEnd] : null;
    for (const now of fresh.querySelectorAll("textarea")) {
      const was = [...old.querySelectorAll("textarea")].find(one => one.name === now.name);
      now.value = was && was.name !== sent ? was.value : "";
    }
    if (old.querySelector(".resolved-notes")?.open) fresh.querySelector(".resolved-notes")?.setAttribute("open", "");
    old.replaceWith(fresh);
    const again =
      held &&
      [...fresh.querySelectorAll("textarea, button")].find(
        one => one.name === held.name && one.getAttribute("formaction") === held.getAttribute("formaction"),
      );
    again?.focus({ preventScroll: true });
    if (range) again?.setSelectionRange(...range);
    shown();
  }

  function shown() {
    const all = [...side.querySelectorAll(".colleague-note[data-words]")];
    const count = Number(side.querySelector("[data-notes]").dataset.open);
    tally.textContent = count;
    tally.hidden = count === 0;
    tally.setAttribute("aria-label", `${count} open`);
    for (const note of all.filter(({ dataset }) => dataset.words !== "")) {
      const show = Object.assign(document.createElement("button"), { type: "button", className: "quiet", textContent: "Show in the text" });
      show.addEventListener("click", () => leadToWords(note));
      note.querySelector(".acts").append(show);
    }
    mark();
  }

  // Where the words of a note stand in what is typed now.
  function place({ dataset: { part, start, words } }) {
    const text = form.querySelector(`#Manuscript_${part}`)?.value ?? "";
    let at = Number(start);
    if (text.slice(at, at + words.length) !== words) {
      const before = text.lastIndexOf(words, at),
        behind = text.indexOf(words, at);
      at = before < 0 || (behind >= 0 && behind - at < at - before) ? behind : before;
    }
    return at < 0 ? null : { start: at, end: at + words.length };
  }

  function mark() {
    const all = [...side.querySelectorAll(".colleague-note[data-part=Body]")].filter(({ dataset }) => dataset.words);
    surface()?.notes.show(
      all.map(note => ({ id: note.id.slice("note-".length), ...place(note) })).filter(({ start }) => start !== undefined),
    );
  }

  function leadToWords(note) {
    const on = surface();
    if (note.dataset.part === "Body" && on?.notes.goTo(note.id.slice("note-".length))) return;
    const found = place(note),
      into = form.querySelector(`#Manuscript_${note.dataset.part}`);
    if (!found || into.hidden) return;
    form.querySelector("[name=view][value=text]").checked = true;
    into.focus();
    into.setSelectionRange(found.start, found.end);
  }

  // Names to call, behind an @.
  side.addEventListener("input", ({ target }) => {
    if (target.matches?.("textarea")) call(target);
  });
  side.addEventListener("keydown", event => {
    const list = side.querySelector(".mention-list");
    if (!list) return;
    const buttons = [...list.children],
      at = buttons.indexOf(document.activeElement);
    if (event.key === "Escape") {
      list.previousElementSibling?.focus();
      list.remove();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp")
      buttons[(at + (event.key === "ArrowDown" ? 1 : buttons.length - 1)) % buttons.length].focus();
    else return;
    event.preventDefault();
  });

  function call(into) {
    side.querySelector(".mention-list")?.remove();
    const typed = /(?:^|[^\p{L}\p{N}])@([\p{L}\p{M}'’. -]{0,40})$/u.exec(into.value.slice(0, into.selectionStart));
    if (!typed) return;
    const start = typed[1].toLowerCase();
    const names = JSON.parse(side.dataset.colleagues).filter(name => name.toLowerCase().startsWith(start) && name.toLowerCase() !== start);
    if (names.length === 0) return;
    const list = Object.assign(document.createElement("div"), { className: "mention-list" });
    list.setAttribute("role", "group");
    list.setAttribute("aria-label", "Colleagues");
    for (const name of names.slice(0, 6)) {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "second", textContent: name });
      button.addEventListener("click", () => {
        const end = into.selectionStart;
        into.setRangeText(`${name} `, end - typed[1].length, end, "end");
        list.remove();
        into.focus();
      });
      list.append(button);
    }
    into.after(list);
  }

  async function look() {
    if (busy || document.hidden || form.dataset.story === "0") return;
    const page = await load(address());
    if (page && !busy && page.querySelector("[data-notes]").outerHTML !== seen) {
      seen = page.querySelector("[data-notes]").outerHTML;
      take(page, null);
    }
  }
  let seen = "";
  setInterval(look, every);
  document.addEventListener("newsroom-change", look);

  form.addEventListener("keydown", event => {
    if (!(event.ctrlKey || event.metaKey) || !event.altKey || event.code !== "KeyN") return;
    event.preventDefault();
    ask(chosen());
  });
  shown();

  return { ask: () => ask(chosen()), lead, look, mark };
}
