// The live desk: Ctrl (or Cmd) and Enter sends, and a second click is none.
const form = document.querySelector(".live-form");
form?.addEventListener("keydown", event => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  form.requestSubmit();
});
form?.addEventListener("submit", () => setTimeout(() => { form.querySelector("button[type=submit]").disabled = true; }));
addEventListener("pageshow", () => { if (form) form.querySelector("button[type=submit]").disabled = false; });
const hint = document.querySelector(".live-keys-hint");
if (hint && matchMedia("(pointer: fine)").matches) hint.hidden = false;
if (form && !document.querySelector("#problems")) form.querySelector("textarea").focus();
