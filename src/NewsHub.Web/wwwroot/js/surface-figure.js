// A picture where it stands: with its caption and its alt text for this use typed under it, and what it lacks said on it.

const known = new Map();

/** Behind the file's name may stand how much of the page it takes. */
const partsOf = src => /^(?<file>.*?)(?:#(?<width>wide|full))?$/s.exec(src).groups;
const withWidth = (file, width) => (width ? `${file}#${width}` : file);

/** What the library knows of pictures, asked for together. */
let asking = null;
function about(file, form) {
  if (known.has(file)) return known.get(file);
  asking ??= {
    files: new Set(),
    answer: new Promise(done =>
      setTimeout(() => {
        const files = [...asking.files];
        asking = null;
        done(ask(files, form));
      }, 20),
    ),
  };
  asking.files.add(file);
  const answer = asking.answer.then(found => found.get(file));
  known.set(file, answer);
  return answer;
}

async function ask(files) {
  try {
    const query = files.map(file => `file=${encodeURIComponent(file)}`).join("&");
    const answer = await fetch(`/admin/stories/new?handler=Pictures&${query}`, {
      headers: { "X-Requested-With": "fetch" },
      redirect: "manual",
    });
    return new Map(answer.ok ? (await answer.json()).map(one => [one.file, one]) : []);
  } catch {
    return new Map();
  }
}

/** Fills the form of a picture's own page in, and sends it. @returns what is wrong, or null. */
async function describe(address, fields) {
  try {
    const page = new DOMParser().parseFromString(await (await fetch(address, { redirect: "manual" })).text(), "text/html");
    const form = page.querySelector("[name='Typed.Alt']")?.closest("form");
    if (!form || form.querySelector("fieldset:disabled [name='Typed.Alt']"))
      return "You cannot describe this picture here. Open it in the library.";
    const data = new FormData(form);
    for (const [name, value] of Object.entries(fields)) data.set(name, value);
    const answer = await fetch(address, { method: "POST", body: data, redirect: "manual" });
    if (answer.type === "opaqueredirect") return null;
    const wrong = new DOMParser().parseFromString(await answer.text(), "text/html").querySelectorAll("#problems li");
    return wrong.length > 0 ? [...wrong].map(line => line.textContent.trim()).join(" ") : "Not saved. Open the picture in the library.";
  } catch {
    return "No connection. Try again.";
  }
}

export class FigureView {
  /** @param pick chooses pictures of the library, and gives their names. */
  constructor(node, view, getPos, form, pick) {
    Object.assign(this, { node, view, getPos, form, pick });
    this.dom = document.createElement("figure");
    this.dom.className = "shot";
    this.picture = Object.assign(document.createElement("div"), { className: "shot-here" });
    this.lack = Object.assign(document.createElement("div"), { className: "shot-lack", hidden: true });
    this.caption = this.field("Caption", "title");
    this.alt = this.field("Alt text", "alt");
    this.credit = Object.assign(document.createElement("p"), { className: "credit" });
    this.tools = this.toolbar();
    this.dom.append(this.picture, this.tools, this.lack, this.caption.label, this.alt.label, this.credit);
    this.describe();
    form.addEventListener(
      "checks",
      (this.again = ({ detail: { current } }) => {
        if (current && !this.lack.hidden) {
          known.delete(this.file);
          this.describe();
        }
      }),
    );
  }

  field(name, attr) {
    const label = Object.assign(document.createElement("label"), { className: "shot-field" });
    const input = Object.assign(document.createElement("textarea"), { rows: 1, dir: "auto", maxLength: 1000 });
    label.append(Object.assign(document.createElement("span"), { textContent: name }), input);
    input.value = this.node.attrs[attr] ?? "";
    input.addEventListener("input", () => {
      const value = input.value.replace(/\s+/g, " ");
      this.view.dispatch(
        this.view.state.tr.setNodeMarkup(this.getPos(), null, {
          ...this.node.attrs,
          [attr]: attr === "title" && value.trim() === "" ? null : value,
        }),
      );
    });
    input.addEventListener("keydown", event => {
      if (event.key !== "Enter" && event.key !== "Escape") return;
      event.preventDefault();
      this.view.focus();
    });
    return { label, input };
  }

  // What can be done with the picture: another in its place, and what stays when it is cropped.
  toolbar() {
    const bar = Object.assign(document.createElement("p"), { className: "shot-tools" });
    const button = (name, act) => {
      const made = Object.assign(document.createElement("button"), { type: "button", className: "quiet", textContent: name });
      made.addEventListener("click", act);
      bar.append(made);
      return made;
    };
    button("Replace", () => this.pick(([file]) => this.setSource(withWidth(file, this.width.value))));
    this.focusing = button("Focal point", () => this.setFocusing(!this.dom.classList.contains("is-focusing")));
    this.focusing.setAttribute("aria-pressed", "false");
    const crop = button("Crop…", async () => {
      await this.crop();
      crop.focus();
    });
    const label = Object.assign(document.createElement("label"), { textContent: "Width " });
    this.width = document.createElement("select");
    for (const [value, name] of [
      ["", "Column"],
      ["wide", "Wide"],
      ["full", "Full"],
    ])
      this.width.append(new Option(name, value));
    this.width.value = partsOf(this.node.attrs.src).width ?? "";
    this.width.addEventListener("change", () => {
      const image = this.picture.querySelector("img");
      const isUpright = image !== null && Number(image.getAttribute("height")) > Number(image.getAttribute("width"));
      this.told.textContent = this.width.value && isUpright ? "An upright picture keeps to the column." : "";
      this.setSource(withWidth(partsOf(this.node.attrs.src).file, this.width.value));
    });
    label.append(this.width);
    bar.append(label);
    this.told = Object.assign(document.createElement("span"), { className: "hint" });
    this.told.setAttribute("role", "status");
    bar.append(this.told);
    this.picture.addEventListener("click", event => this.focusAt(event));
    return bar;
  }

  setSource(src) {
    this.view.dispatch(this.view.state.tr.setNodeMarkup(this.getPos(), null, { ...this.node.attrs, src }));
  }

  setFocusing(on) {
    this.dom.classList.toggle("is-focusing", on);
    this.focusing.setAttribute("aria-pressed", String(on));
    this.told.textContent = on ? "Click the part to keep when the picture is cropped." : "";
  }

  async focusAt(event) {
    const image = this.picture.querySelector("img");
    if (!image || !this.dom.classList.contains("is-focusing")) return;
    event.preventDefault();
    const box = image.getBoundingClientRect();
    const part = (at, from, all) => Math.round(Math.min(1, Math.max(0, (at - from) / all)) * 100);
    const [x, y] = [part(event.clientX, box.left, box.width), part(event.clientY, box.top, box.height)];
    await this.saveToLibrary({ "Typed.FocusX": x, "Typed.FocusY": y }, `${x} % from the left, ${y} % from the top.`);
    this.setFocusing(false);
  }

  async crop() {
    const [dialog, found] = await Promise.all([import("./crop-dialog.js").catch(() => null), about(this.file, this.form)]);
    if (!dialog || !found) {
      this.told.textContent = "No connection. Try again.";
      return;
    }
    const area = await dialog.openCrop(found, this.told);
    if (area === null) return;
    const { left, top, width, height } = area;
    const fields = { "Typed.CropLeft": left, "Typed.CropTop": top, "Typed.CropWidth": width, "Typed.CropHeight": height };
    await this.saveToLibrary(fields, `cropped to ${width} × ${height} pixels.`);
  }

  async saveToLibrary(fields, words) {
    this.told.textContent = "Saving…";
    const problem = await describe(this.found.address, fields);
    this.told.textContent = problem ?? `Saved in the library: ${words}`;
    if (problem !== null) return;
    known.delete(this.file);
    await this.describe();
  }

  get file() {
    return partsOf(this.node.attrs.src).file;
  }

  async describe() {
    const { file } = this;
    const found = await about(file, this.form);
    if (file !== this.file) return;
    this.lack.hidden = true;
    if (!found) {
      this.picture.replaceChildren(
        Object.assign(document.createElement("span"), { className: "lack", textContent: `There is no picture ${file} in the library.` }),
      );
      return;
    }
    this.picture.replaceChildren(new DOMParser().parseFromString(found.html, "text/html").body.firstElementChild);
    this.caption.input.placeholder = found.caption ?? "";
    this.alt.input.placeholder = found.alt ?? "What the picture shows, for those who do not see it";
    this.credit.textContent = found.credit ? `Photo: ${found.credit}` : "";
    this.found = found;
    this.say();
  }

  say() {
    const lacks = [this.found.alt || this.node.attrs.alt ? null : "alt text", this.found.credit ? null : "credit"]
      .filter(Boolean)
      .join(" and ");
    this.lack.hidden = lacks === "";
    if (lacks === "" || this.lack.contains(document.activeElement)) return;
    const words = Object.assign(document.createElement("p"), { className: "lack", textContent: `Missing ${lacks}. ` });
    words.append(
      Object.assign(document.createElement("a"), { href: this.found.address, target: "_blank", textContent: "Open in the library" }),
    );
    this.lack.replaceChildren(words, ...this.libraryFields());
  }

  // What the library lacks is said here, for every use of the picture.
  libraryFields() {
    const made = (name, value, hint) => {
      const label = Object.assign(document.createElement("label"), { className: "shot-field" });
      const input = Object.assign(document.createElement("input"), { type: "text", dir: "auto", value: value ?? "", placeholder: hint });
      label.append(Object.assign(document.createElement("span"), { textContent: name }), input);
      return { label, input };
    };
    const alt = made("Library alt text", this.found.alt || this.node.attrs.alt, "What it shows, for readers who cannot see it");
    const credit = made("Library credit", this.found.credit, "Whose picture it is");
    const said = Object.assign(document.createElement("p"), { className: "wrong", hidden: true });
    said.setAttribute("role", "status");
    const button = Object.assign(document.createElement("button"), { type: "button", className: "second", textContent: "Save to library" });
    const save = async () => {
      button.disabled = true;
      const problem = await describe(this.found.address, { "Typed.Alt": alt.input.value, "Typed.Credit": credit.input.value });
      button.disabled = false;
      said.hidden = problem === null;
      said.textContent = problem ?? "";
      if (problem !== null) return;
      known.delete(this.file);
      this.view.focus();
      await this.describe();
      dispatchEvent(new Event("focus"));
    };
    button.addEventListener("click", save);
    for (const { input } of [alt, credit]) {
      input.addEventListener("input", event => event.stopPropagation());
      input.addEventListener("keydown", event => {
        if (event.key === "Enter") {
          event.preventDefault();
          save();
        }
      });
    }
    return [alt.label, credit.label, button, said];
  }

  update(node) {
    if (node.type !== this.node.type) return false;
    const before = this.file;
    this.node = node;
    const changed = this.file !== before;
    this.width.value = partsOf(node.attrs.src).width ?? "";
    for (const [field, value] of [
      [this.caption, node.attrs.title ?? ""],
      [this.alt, node.attrs.alt],
    ])
      if (field.input !== document.activeElement) field.input.value = value;
    if (changed) this.describe();
    else if (this.found) this.say();
    return true;
  }

  selectNode() {
    this.dom.classList.add("is-chosen");
  }
  deselectNode() {
    this.dom.classList.remove("is-chosen");
  }
  stopEvent(event) {
    return event.target.closest?.("textarea, input, button, select, label, a") !== null && !/^drag|drop/.test(event.type);
  }
  ignoreMutation() {
    return true;
  }
  destroy() {
    this.form.removeEventListener("checks", this.again);
  }
}
