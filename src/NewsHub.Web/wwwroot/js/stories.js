// The list of stories by keyboard, and how many are chosen. Without it every box, link and button is there all the same.
const rows = [...document.querySelectorAll(".stories tbody tr")];
const link = row => row.querySelector("th a");
const box = row => row.querySelector("input[type=checkbox]");
const said = document.querySelector(".bulk-count");

const here = () => rows.findIndex(row => row.contains(document.activeElement));
const go = step => {
  const at = here();
  const row = rows[at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + step, 0), rows.length - 1)];
  if (row) link(row).focus();
};

const count = () => {
  if (!said) return;
  const n = rows.filter(row => box(row)?.checked).length;
  said.textContent = n === 0 ? "" : n === 1 ? said.dataset.one : said.dataset.many.replace("#", n);
  for (const row of rows) row.classList.toggle("chosen", box(row)?.checked ?? false);
};
document.querySelector(".bulk")?.addEventListener("change", count);
count();

// One box for the page.
const head = document.querySelector(".stories thead .tick");
if (head && rows.length > 1) {
  const all = document.createElement("input");
  all.type = "checkbox";
  all.setAttribute("aria-label", "Select all on this page");
  all.addEventListener("change", () => { for (const row of rows) box(row).checked = all.checked; count(); });
  head.replaceChildren(all);
}

// Only a bulk act that needs a tag asks for one.
const what = document.querySelector("#Do"), tag = document.querySelector("#Tag")?.closest(".field");
const asks = () => { tag.hidden = what.value !== "tag"; };
if (what && tag) { what.addEventListener("change", asks); asks(); }

addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable], dialog[open]")) return;
  const at = here();
  const acts = {
    j: () => go(1),
    k: () => go(-1),
    x: () => { const tick = at >= 0 && box(rows[at]); if (tick) { tick.checked = !tick.checked; count(); } },
    "/": () => document.querySelector("#q")?.focus(),
    n: () => document.querySelector("a[rel=next]")?.click(),
    p: () => document.querySelector("a[rel=prev]")?.click(),
    "?": () => { const keys = document.querySelector("#keys"); keys.open = !keys.open; if (keys.open) keys.querySelector("summary").focus(); },
  };
  if (!Object.hasOwn(acts, event.key)) return;
  event.preventDefault();
  acts[event.key]();
});
