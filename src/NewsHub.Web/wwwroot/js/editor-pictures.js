// Pictures for a story: chosen from the library, or sent to it from here.

export function pictures(form) {
  const dialog = document.querySelector(".picker");
  const words = dialog.querySelector("[type=search]");
  const said = dialog.querySelector("[role=status]");
  const shots = dialog.querySelector(".picker-shots");
  const lead = form.querySelector("#Manuscript_Picture");
  const thumb = form.querySelector("[data-thumb]");
  const file = Object.assign(document.createElement("input"), { type: "file", accept: "image/*", multiple: true, hidden: true });
  dialog.append(file);
  let timer, asked = 0, chosen = () => {};

  // The library's own page, read for its pictures.
  async function list() {
    const turn = ++asked;
    try {
      const answer = await fetch(`/admin/media?q=${encodeURIComponent(words.value)}`, { headers: { "X-Requested-With": "fetch" }, redirect: "manual" });
      if (turn !== asked) return;
      if (!answer.ok) { said.textContent = answer.status === 401 ? "Your session has ended. Sign in in another tab first." : "The library does not answer."; return; }
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
      said.textContent = found.length === 0 ? "No picture has all of these words." : page.querySelector("[rel=next]") ? "The newest. Search for others." : "";
    } catch { said.textContent = "No connection."; }
  }

  words.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(list, 250); });
  words.addEventListener("keydown", event => { if (event.key === "Enter") { event.preventDefault(); list(); } });
  dialog.querySelector("[data-upload]").addEventListener("click", () => file.click());
  file.addEventListener("change", async () => {
    const files = [...file.files];
    file.value = "";
    for (const { name, lacking } of await send(files, text => { said.textContent = text; })) { dialog.close(); chosen(name, null, lacking); }
  });

  function pick(then) {
    chosen = then;
    said.textContent = "";
    dialog.showModal();
    words.select();
    list();
  }

  const choose = form.querySelector("[data-pick]");
  choose.hidden = false;
  choose.addEventListener("click", () => pick((name, picture, lacking) => {
    lead.value = name;
    if (lacking) thumb.replaceChildren(Object.assign(document.createElement("a"), { className: "lack", href: lacking, target: "_blank", textContent: "Say what it shows and whose it is" }));
    else show(picture);
    lead.dispatchEvent(new Event("input", { bubbles: true }));
    choose.focus();
  }));
  function show(picture) {
    thumb.replaceChildren(...picture ? [picture] : []);
  }
  // A name that was typed shows its picture with the next save; another's must not stand there meanwhile.
  lead.addEventListener("input", ({ isTrusted }) => { if (isTrusted) show(null); });

  // One request a file; gives the names under which the library has them, and where to say what is lacking.
  async function send(files, say) {
    const sent = [];
    for (const one of files) {
      say(`Sending ${one.name}…`);
      const data = new FormData();
      data.set("file", one);
      try {
        const answer = await fetch("/admin/media/upload", { method: "POST", body: data, redirect: "manual", headers: { "X-Requested-With": "fetch", Accept: "application/json", RequestVerificationToken: form.querySelector("[name=__RequestVerificationToken]").value } });
        if (answer.status === 401) { say("Your session has ended. Sign in in another tab, and send the picture again."); return sent; }
        const told = await answer.json().catch(() => ({}));
        if (!answer.ok) { say(told.detail ?? told.title ?? `${one.name} was not taken in (${answer.status}).`); continue; }
        sent.push({ name: told.file, lacking: told.ready ? null : told.editAddress });
        say(told.ready ? `${told.file} is in the library.` : `${told.file} is in the library; it still lacks alt text or credit.`, told.ready ? null : told.editAddress);
      } catch { say(`${one.name} could not be sent: no connection.`); }
    }
    return sent;
  }

  return { pick, send };
}
