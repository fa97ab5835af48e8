// Pictures for a story: chosen from the library, or sent to it from here.

import { send } from "./picture-send.js";

export function pictures(form) {
  const dialog = document.querySelector(".picker");
  const words = dialog.querySelector("[type=search]");
  const said = dialog.querySelector("[role=status]");
  const shots = dialog.querySelector(".picker-shots");
  const lead = form.querySelector("#Manuscript_Picture");
  const thumb = form.querySelector("[data-thumb]");
  const file = Object.assign(document.createElement("input"), { type: "file", accept: "image/*", multiple: true, hidden: true });
  dialog.append(file);
  const token = () => form.querySelector("[name=__RequestVerificationToken]").value;
  let timer, asked = 0, chosen = () => {};

  // The library's own page, read for its pictures.
  async function list() {
    const request = ++asked;
    try {
      const answer = await fetch(`/admin/media?q=${encodeURIComponent(words.value)}`, { headers: { "X-Requested-With": "fetch" }, redirect: "manual" });
      if (request !== asked) return;
      if (!answer.ok) { said.textContent = answer.status === 401 ? "Your session has ended. Sign in in another tab first." : "The library does not respond."; return; }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = [...page.querySelectorAll(".shot-card")];
      shots.replaceChildren(...found.map(card => {
        const button = Object.assign(document.createElement("button"), { type: "button", className: "picker-shot" });
        const picture = card.querySelector("picture, img");
        const name = card.querySelector(".shot-name").textContent;
        if (picture) button.append(document.adoptNode(picture));
        button.append(Object.assign(document.createElement("span"), { textContent: name }));
        const lack = card.querySelector(".lack");
        if (lack) button.append(Object.assign(document.createElement("span"), { className: "lack", textContent: lack.textContent }));
        button.addEventListener("click", () => { dialog.close(); chosen(name, button.querySelector("picture, img")?.cloneNode(true)); });
        return button;
      }));
      said.textContent = found.length === 0 ? "No pictures match." : page.querySelector("[rel=next]") ? "These are the newest. Search for others." : "";
    } catch { said.textContent = "No connection."; }
  }

  words.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(list, 250); });
  words.addEventListener("keydown", event => { if (event.key === "Enter") { event.preventDefault(); list(); } });
  dialog.querySelector("[data-upload]").addEventListener("click", () => file.click());
  file.addEventListener("change", async () => {
    const files = [...file.files];
    file.value = "";
    for (const { name, lacking } of await send(files, token(), (_, text) => { said.textContent = text; })) { dialog.close(); chosen(name, null, lacking); }
  });

  function pick(then) {
    chosen = then;
    said.textContent = "";
    dialog.showModal();
    words.select();
    list();
  }

  if (!lead) return { pick };
  const choose = form.querySelector("[data-pick]");
  choose.hidden = false;
  choose.addEventListener("click", () => pick((name, picture, lacking) => {
    lead.value = name;
    if (lacking) thumb.replaceChildren(Object.assign(document.createElement("a"), { className: "lack", href: lacking, target: "_blank", textContent: "Add alt text and credit" }));
    else show(picture);
    lead.dispatchEvent(new Event("input", { bubbles: true }));
    choose.focus();
  }));
  function show(picture) {
    thumb.replaceChildren(...picture ? [picture] : []);
  }
  // Described in another tab, it lacks nothing any more.
  form.addEventListener("checks", ({ detail: { list, current } }) => {
    const lack = thumb.querySelector("a.lack");
    if (lack && current && !list.some(check => check.field === "Picture" && check.picture)) lack.remove();
  });
  // A name that was typed shows its picture with the next save; another's must not stand there meanwhile.
  lead.addEventListener("input", ({ isTrusted }) => { if (isTrusted) show(null); });

  return { pick };
}
