// The editor: what a plain form cannot do. Each part stands in a file of its own; without any of them the form still works.
import { bylines, tags } from "./editor-fields.js";
import { keep } from "./editor-keep.js";
import { markdown } from "./editor-markdown.js";
import { pictures } from "./editor-pictures.js";
import { proof } from "./editor-proof.js";

const form = document.querySelector("form.editor");
if (form && !form.querySelector(".part").disabled) {
  const body = form.querySelector("#Manuscript_Body");
  const help = document.querySelector(".editor-help");
  const setProof = proof(form);
  const kept = keep(form);
  const pick = pictures(form);
  markdown(form, body, pick, () => help.showModal());
  bylines(form.querySelector(".bylines"));
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
    if (target.name === "view") return;
    if (target === body) count();
    if (target.name === "Manuscript.Headline") for (const name of document.querySelectorAll(".story-name")) name.textContent = target.value || "Without a headline";
    setProof.soon();
    kept.soon();
  });
  form.addEventListener("change", ({ target }) => { if (target.name === "view" && target.value === "proof") setProof.now(); });

  // Lines that are set over several: Enter is for the next field, not for another line.
  for (const line of form.querySelectorAll("[data-line]:is(textarea)")) line.addEventListener("keydown", event => { if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) event.preventDefault(); });

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
    target.focus();
    if (link.dataset.line && target === body) leadTo(Number(link.dataset.line));
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
    if (event.key === "?" && !event.target.closest?.("input:not([type=radio], [type=checkbox]), textarea, select, dialog")) { event.preventDefault(); help.showModal(); }
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    if (event.key.toLowerCase() === "s") { event.preventDefault(); form.requestSubmit(form.querySelector(".keep button")); }
    if (event.key === "Enter") { event.preventDefault(); setProof.now(); }
  });
}
