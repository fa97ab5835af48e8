// The editor: what a plain form cannot do. Each part stands in a file of its own; without any of them the form still works.
import { keep } from "./editor-keep.js";
import { markdown } from "./editor-markdown.js";
import { proof } from "./editor-proof.js";

const form = document.querySelector("form.editor");
if (form) {
  const body = form.querySelector("#Manuscript_Body");
  const setProof = proof(form);
  const kept = keep(form);
  markdown(form, body);

  // Words and reading time while one writes; the server's own count comes with each autosave.
  const words = form.querySelector("[data-words]");
  const count = () => {
    const n = body.value.split(/\s+/u).filter(word => /[\p{L}\p{N}]/u.test(word)).length;
    words.textContent = `${n} ${n === 1 ? "word" : "words"}, ${Math.max(1, Math.round(n / 230))} min read`;
  };
  count();

  form.addEventListener("input", ({ target }) => {
    if (target === body) count();
    if (target.name === "Manuscript.Headline") for (const name of document.querySelectorAll(".story-name")) name.textContent = target.value || "Without a headline";
    setProof.soon();
    kept.soon();
  });

  // The checks lead to their field, and to the line of the body that they are about.
  document.addEventListener("click", event => {
    const link = event.target.closest(".checks a, #problems a");
    const field = link && document.getElementById(link.getAttribute("href").slice(1));
    if (!field) return;
    event.preventDefault();
    field.closest("details")?.setAttribute("open", "");
    const target = field.matches("fieldset") ? field.querySelector("select, input") : field;
    target.focus();
    if (link.dataset.line && target === body) {
      const lines = body.value.split("\n");
      const from = lines.slice(0, link.dataset.line - 1).join("\n").length + (link.dataset.line > 1 ? 1 : 0);
      body.setSelectionRange(from, from + (lines[link.dataset.line - 1] ?? "").length);
      body.scrollTop = body.scrollHeight * (link.dataset.line - 1) / lines.length;
    }
  });

  // Bylines: as many rows as are filled and one more.
  const bylines = form.querySelector(".bylines");
  bylines.addEventListener("change", () => {
    const rows = [...bylines.querySelectorAll(".byline")];
    if (rows.at(-1).querySelector("select").value === "") return;
    const next = rows.at(-1).cloneNode(true);
    for (const field of next.querySelectorAll("[name]")) {
      field.name = field.name.replace(/\[\d+\]/, `[${rows.length}]`);
      field.setAttribute("aria-label", field.getAttribute("aria-label").replace(/\d+/, rows.length + 1));
      field.value = "";
    }
    bylines.append(next);
  });

  const help = document.querySelector(".editor-help");
  addEventListener("keydown", event => {
    if (event.key === "?" && !event.target.closest("input, textarea, select")) { event.preventDefault(); help.showModal(); }
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    if (event.key.toLowerCase() === "s") { event.preventDefault(); form.requestSubmit(form.querySelector(".keep button")); }
    if (event.key === "Enter") { event.preventDefault(); setProof.now(); }
  });
}
