// Settings: rows that are added, taken out and moved; the nameplate as it will be, while one types.
import { patch } from "./patch.js";

const form = document.querySelector("form.settings");
for (const box of form.querySelectorAll("[data-rows]")) rows(box);
nameplate();

function rows(box) {
  const list = () => [...box.querySelectorAll(".row")];
  const typed = row => row.querySelector("input:not([type=hidden])");
  const { name, add: words, most = "100" } = box.dataset;
  const isFixed = box.dataset.rows === "fixed";
  const spare = list().at(-1)?.cloneNode(true);
  for (const field of isFixed ? [] : spare.querySelectorAll("input")) field.value = "";
  for (const hint of isFixed ? [] : spare.querySelectorAll(".hint")) hint.textContent = "";
  const add = Object.assign(document.createElement("button"), { type: "button", className: "quiet", textContent: words ?? "" });
  for (const row of list()) furnish(row);
  if (!isFixed) {
    // The empty rows are for browsers without scripts: with one they come when they are asked for.
    for (const row of list().reverse()) {
      if (typed(row).value !== "") break;
      row.remove();
    }
    add.addEventListener("click", () => {
      const row = spare.cloneNode(true);
      furnish(row);
      add.before(row);
      number();
      typed(row).focus();
    });
    box.append(add);
  }
  number();

  function furnish(row) {
    const acts = document.createElement("span");
    acts.className = "byline-acts";
    button("↑", "up", () => row.previousElementSibling?.matches(".row") && row.previousElementSibling.before(row));
    button("↓", "down", () => row.nextElementSibling?.matches(".row") && row.nextElementSibling.after(row));
    if (!isFixed) button("×", "out", () => row.remove());
    row.append(acts);
    const place = row.querySelector(".place");
    if (place) place.hidden = true;

    function button(sign, act, click) {
      const made = Object.assign(document.createElement("button"), { type: "button", className: "tool", textContent: sign });
      made.dataset.act = act;
      made.addEventListener("click", () => {
        click();
        number();
        (made.isConnected ? made : add).focus();
      });
      acts.append(made);
    }
  }

  // A form's list is read by its numbers: they follow the order on the page.
  function number() {
    const says = { up: `Move ${name} {0} up`, down: `Move ${name} {0} down`, out: `Remove ${name} {0}` };
    for (const [i, row] of list().entries()) {
      for (const field of row.querySelectorAll("[name]")) field.name = field.name.replace(/\[\d+\]/, `[${i}]`);
      for (const field of row.querySelectorAll("input[aria-label]")) field.setAttribute("aria-label", field.getAttribute("aria-label").replace(/\d+$/, i + 1));
      for (const button of row.querySelectorAll("[data-act]")) button.setAttribute("aria-label", says[button.dataset.act].replace("{0}", i + 1));
      const place = row.querySelector(".place input");
      if (place) place.value = i + 1;
    }
    add.hidden = list().length >= Number(most);
  }
}

function nameplate() {
  const frame = document.querySelector("iframe[name=nameplate]");
  const fields = ["Name", "Subtitle", "Motto", "Accent"];
  let timer, asked = 0;

  async function refresh() {
    const request = ++asked;
    const query = new URLSearchParams(fields.map(name => [name, form.elements[name].value]));
    try {
      const answer = await fetch(`${frame.getAttribute("src")}?${query}`, { headers: { "X-Requested-With": "fetch" }, redirect: "manual" });
      if (!answer.ok || request !== asked) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
      const into = frame.contentDocument?.querySelector("main");
      if (!fresh || !into || request !== asked) return;
      patch(into, fresh);
      fit();
    } catch { /* the next pause in typing asks again */ }
  }

  // As high as what is in it.
  const fit = () => {
    const main = frame.contentDocument?.querySelector("main");
    if (main) frame.style.blockSize = `${Math.ceil(main.getBoundingClientRect().height)}px`;
  };
  const loaded = () => {
    fit();
    if (frame.contentWindow.ResizeObserver) new frame.contentWindow.ResizeObserver(fit).observe(frame.contentDocument.querySelector("main"));
    // What stands in the form is not what the server has.
    if (document.querySelector("#problems")) refresh();
  };
  frame.addEventListener("load", loaded);
  if (frame.contentDocument?.readyState === "complete" && frame.contentDocument.querySelector("main")) loaded();
  form.addEventListener("input", ({ target }) => {
    if (!fields.includes(target.name)) return;
    clearTimeout(timer);
    timer = setTimeout(refresh, 250);
  });
}
