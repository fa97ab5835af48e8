// The live desk: Ctrl (or Cmd) and Enter sends, and a second click is none. What is being typed is kept in this browser until it is published.
import { dropHere, keepHere, leftBehind, moment } from "./editor-kept-here.js";
import { takesPictures } from "./picture-drop.js";

const form = document.querySelector(".live-form");
const hint = document.querySelector(".live-keys-hint");
if (hint && matchMedia("(pointer: fine)").matches) hint.hidden = false;
if (form) begin();

function begin() {
  const { member, keep, zone } = form.dataset;
  const body = form.querySelector("textarea");
  const refused = document.querySelector("#problems") !== null;
  const fields = () => Object.fromEntries([...new FormData(form)].filter(([name]) => name !== "__RequestVerificationToken"));
  const words = kept => `${kept["Manuscript.Body"] ?? ""}\n${kept["Manuscript.Headline"] ?? ""}`.replace(/\s+/g, " ").trim();
  const before = words(fields());
  // On the desk an empty form is nothing to keep; where an entry is edited, its own words are.
  const hold = (sent = false) => {
    const nothing = words(fields()) === (keep.startsWith("entry-") ? before : "") && !refused;
    if (nothing) dropHere(member, keep); else keepHere(member, keep, 0, fields(), sent);
  };

  const drop = takesPictures(form, body, document.querySelector(".upload-note"));
  body.addEventListener("paste", event => drop.pasted(event));
  for (const hint of document.querySelectorAll(".pictures-hint")) {
    hint.hidden = false;
    body.setAttribute("aria-describedby", hint.id);
  }

  form.addEventListener("input", () => hold());
  form.addEventListener("keydown", event => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener("submit", () => { hold(true); setTimeout(() => { form.querySelector("button[type=submit]").disabled = true; }); });
  addEventListener("pageshow", () => { form.querySelector("button[type=submit]").disabled = false; });
  if (refused) hold(); else body.focus();
  offer();

  // What a window that is gone has left here: offered, unless it went out.
  async function offer() {
    const published = new Set([...document.querySelectorAll("[data-form]")].map(entry => entry.dataset.form));
    const saved = document.querySelector(".said") !== null && !refused;
    for (const { dataset } of saved ? document.querySelectorAll("[data-entry]") : []) {
      const entry = `entry-${dataset.entry}`;
      for (const found of await leftBehind(member, entry)) if (found.sent) dropHere(member, entry, found.window);
    }
    for (const found of await leftBehind(member, keep)) {
      if (published.has(found.fields.Key) || found.sent && saved || words(found.fields) === words(fields())) { dropHere(member, keep, found.window); continue; }
      const button = (className, textContent, act) => {
        const made = Object.assign(document.createElement("button"), { type: "button", className, textContent });
        made.addEventListener("click", () => { act(); dropHere(member, keep, found.window); box.remove(); });
        return made;
      };
      const box = Object.assign(document.createElement("div"), { className: "kept-here" });
      box.setAttribute("role", "status");
      const ways = [button("second", "Restore", () => putBack(found.fields)), " ", button("quiet", "Discard", () => {})];
      box.append(`This browser has an unpublished entry from ${moment(found.at, zone)}. `, ...ways);
      form.before(box);
    }
  }

  function putBack(kept) {
    for (const field of form.elements) {
      if (!field.name || field.name === "__RequestVerificationToken") continue;
      // Its key too: should it have been published after all, it is not published twice.
      if (field.type === "checkbox") field.checked = field.name in kept; else if (field.name in kept) field.value = kept[field.name];
    }
    hold();
    body.focus();
  }
}
