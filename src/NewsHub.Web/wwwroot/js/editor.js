// The editor: what a plain form cannot do. Each part stands in a file of its own; without any of them the form still works.
import { bylines, tags } from "./editor-fields.js";
import { keep } from "./editor-keep.js";
import { making } from "./editor-make.js";
import { markdown } from "./editor-markdown.js";
import { merging } from "./editor-merge.js";
import { notes } from "./editor-notes.js";
import { pictures } from "./editor-pictures.js";
import { proof } from "./editor-proof.js";
import { writeOnSurface } from "./editor-surface.js";

const form = document.querySelector("form.editor");
if (form && !form.querySelector(".part").disabled) {
  const body = form.querySelector("#Manuscript_Body");
  const help = document.querySelector(".editor-help");
  const setProof = proof(form);
  const kept = keep(form);
  const pick = pictures(form);
  const writing = { surface: null, on: false };
  const text = markdown(form, body, pick, () => help.showModal(), () => writing.on ? writing.surface : null);
  const note = notes(form, kept, () => writing.on ? writing.surface : null);
  const noteButton = text.tool("Note", "Note to colleagues", note.ask);
  noteButton.title = "Note to colleagues (Ctrl Alt N)";
  // What is chosen stays chosen.
  noteButton.addEventListener("mousedown", event => event.preventDefault());
  writeOnSurface(form, body, text, writing, setProof.follow, note);
  bylines(form.querySelector(".bylines"));
  making(form, kept);
  merging();
  tags(form.querySelector("#Manuscript_Tags"), document.querySelector("#tag-names"));

  // Words and reading time while one writes; the server's own count comes with each save.
  const words = form.querySelector("[data-words]");
  const count = () => {
    const n = body.value.split(/\s+/u).filter(word => /[\p{L}\p{N}]/u.test(word)).length;
    words.textContent = `${n} ${n === 1 ? "word" : "words"}, ${Math.max(1, Math.round(n / 230))} min read`;
  };
  count();
  // What stands in the form is not what the server has: the proof shows the form.
  if (form.dataset.conflict === "yes" || document.querySelector("#problems")) setProof.soon();

  form.addEventListener("input", ({ target }) => {
    if (target.name === "view" || target.form !== form) return;
    if (target === body) count();
    if (target.name === "Manuscript.Headline") for (const name of document.querySelectorAll(".story-name")) name.textContent = target.value || "Without a headline";
    setProof.soon();
    kept.soon();
  });
  form.addEventListener("change", ({ target }) => { if (target.name === "view" && target.value === "proof") setProof.now(); });

  // Lines that are set over several: Enter is for the next field, not for another line.
  const column = ["Kicker", "Headline", "Standfirst"].map(name => form.querySelector(`#Manuscript_${name}`));
  for (const line of new Set([...form.querySelectorAll("[data-line]:is(textarea)"), ...column])) {
    line.addEventListener("keydown", event => {
      if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.isComposing) return;
      event.preventDefault();
      const at = column.indexOf(line);
      if (at < 0) return;
      if (column[at + 1]) column[at + 1].focus(); else if (writing.on) writing.surface.focus(true); else body.focus();
    });
  }
  if (form.dataset.story === "0" && column[1].value === "") column[1].focus();

  // Where the proof is not beside the text, the same key shows it, and then the text again.
  function turnToProof() {
    const [text, shown] = ["text", "proof"].map(value => form.querySelector(`[name=view][value=${value}]`));
    const beside = ["flex", "block", "grid"].includes(getComputedStyle(form.querySelector(".desk-proof")).display);
    if (beside && !shown.checked || getComputedStyle(shown.closest("label")).display === "none") return false;
    (shown.checked ? text : shown).checked = true;
    if (shown.checked) setProof.now(); else if (writing.on) writing.surface.focus(); else body.focus();
    return true;
  }

  // The checks lead to their field, and to the line of the body that they are about.
  document.addEventListener("click", event => {
    const link = event.target.closest(".checks a:not(.lack), #problems a");
    const field = link && document.getElementById(link.getAttribute("href").split("#")[1] ?? "");
    if (!field) return;
    event.preventDefault();
    const view = form.querySelector(`[name=view][value=${field.closest(".desk-copy") ? "text" : "details"}]`);
    view.checked = true;
    field.closest("details")?.setAttribute("open", "");
    const target = field.matches("fieldset") ? field.querySelector("select, input, button") : field;
    const line = Number(link.dataset.line ?? 0);
    if (target === body && writing.on) { if (line) writing.surface.goTo(line); else writing.surface.focus(true); return; }
    target.focus();
    if (line && target === body) leadTo(line);
  });

  function leadTo(line) {
    const lines = body.value.split("\n");
    const from = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    // A browser scrolls to where the cursor is set only while typing: the place is measured in a copy of the field.
    const copy = body.cloneNode();
    copy.removeAttribute("id");
    copy.className = "measure";
    copy.value = body.value.slice(0, from);
    body.after(copy);
    copy.style.inlineSize = `${body.clientWidth}px`;
    const top = copy.scrollHeight;
    copy.remove();
    body.setSelectionRange(from, from + (lines[line - 1] ?? "").length);
    body.scrollTop = top - body.clientHeight / 2;
  }

  addEventListener("keydown", event => {
    const typing = event.target.closest?.("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable], dialog");
    if (event.key === "?" && !typing) { event.preventDefault(); help.showModal(); }
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    if (event.key.toLowerCase() === "s") { event.preventDefault(); form.requestSubmit(form.querySelector(".keep button")); }
    if (event.key === "Enter") { event.preventDefault(); if (!turnToProof()) setProof.now(); }
  });
}
