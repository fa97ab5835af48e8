// A page about the paper: written on the same surface as a story, with the preview beside it. It is saved by hand.
import { markdown } from "./editor-markdown.js";
import { pictures } from "./editor-pictures.js";
import { proof } from "./editor-proof.js";
import { writeOnSurface } from "./editor-surface.js";

const form = document.querySelector("form.page-editor");
const body = form.querySelector("#Manuscript_Body");
const help = document.querySelector(".editor-help");
const setProof = proof(form);
const writing = { surface: null, on: false };
const text = markdown(form, body, pictures(form), () => help.showModal(), () => writing.on ? writing.surface : null);
writeOnSurface(form, body, text, writing, setProof.follow);
// What stands in the form is not what the server has.
let unsaved = document.querySelector("#problems") !== null;
if (unsaved) setProof.soon();

form.addEventListener("input", ({ target }) => {
  if (target.name === "view") return;
  unsaved = true;
  setProof.soon();
});
form.addEventListener("change", ({ target }) => { if (target.name === "view" && target.value === "proof") setProof.now(); });
form.addEventListener("submit", ({ submitter }) => { if (!submitter?.matches("[data-proof]")) unsaved = false; });
addEventListener("beforeunload", event => { if (unsaved) event.preventDefault(); });

for (const line of form.querySelectorAll("[data-line]")) {
  line.addEventListener("keydown", event => { if (event.key === "Enter" && !event.isComposing) event.preventDefault(); });
}
addEventListener("keydown", event => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "s") return;
  event.preventDefault();
  form.requestSubmit(form.querySelector(".keep button"));
});
