// A field that takes pictures: dropped or pasted, they go to the library, and their Markdown stands where the cursor was.
import { put } from "./editor-put.js";
import { send } from "./picture-send.js";
import { readable } from "./surface-paste.js";

const isPicture = file => file.type.startsWith("image/");

// A browser's 'Copy image' brings the picture and an <img> of it. Words beside it mean that a text was copied, of which the picture is a view.
export function fromClipboard(data) {
  const files = [...data.files].filter(isPicture);
  const html = data.getData("text/html");
  const page = html && new DOMParser().parseFromString(readable(html), "text/html");
  const alone = !page || page.body.textContent.trim() === "" && !page.querySelector("table, ul, ol");
  const image = page && page.querySelector("img");
  if (!alone) return { files: [], missing: false };
  // The clipboard calls every picture image.png: its address knows a better name.
  const name = image && /([^/?#]+)\.\w{2,5}(?:[?#]|$)/.exec(image.getAttribute("src") ?? "")?.[1];
  const named = files.map((file, i) => name && i === 0 && !image.src.startsWith("data:") ? new File([file], `${decoded(name)}.${file.type.slice(6).replace("jpeg", "jpg").replace("svg+xml", "svg")}`, { type: file.type }) : file);
  return { files: named, missing: files.length === 0 && image !== null && image !== "" };
}

const decoded = name => { try { return decodeURIComponent(name); } catch { return name; } };

/** @param note where it is said how it goes: one line a picture. */
export function takesPictures(form, body, note) {
  const lines = new Map();

  function tell(name, words, address) {
    lines.get(name)?.remove();
    lines.delete(name);
    if (!words) return;
    const line = Object.assign(document.createElement("p"), { textContent: words });
    if (address) line.append(" ", Object.assign(document.createElement("a"), { className: "lack", href: address, target: "_blank", textContent: "Describe it" }));
    lines.set(name, line);
    note.append(line);
  }

  // Described in another tab, it lacks nothing any more.
  form.addEventListener("checks", ({ detail: { list, current } }) => {
    if (!current) return;
    for (const [name, line] of lines) {
      const address = line.querySelector("a")?.getAttribute("href");
      if (address && !list.some(check => check.picture === address)) tell(name, "");
    }
  });

  /** @returns the names that the files have in the library; what it refuses is said. */
  async function sendAll(files) {
    for (const [name, line] of [...lines]) if (!line.querySelector("a")) tell(name, "");
    if (files.length === 0) { tell("", "The clipboard has the picture’s address, not the picture. Save it as a file and drop it here."); return []; }
    return (await send(files, form.querySelector("[name=__RequestVerificationToken]").value, tell)).map(({ name }) => name);
  }

  async function upload(files) {
    const from = body.selectionStart, before = body.value;
    const names = await sendAll(files);
    if (names.length === 0) return;
    // Someone may have gone on writing meanwhile: what stood before the cursor is found again, and the focus comes back to where it is then.
    const was = document.activeElement;
    if (body.value !== before && body.value.startsWith(before.slice(0, from))) body.setSelectionRange(from, from);
    put(body, names.map(name => `![](${name})`).join("\n\n"), true);
    if (was && was !== body && was !== document.body) was.focus();
  }

  body.addEventListener("dragover", event => { if (event.dataTransfer.types.includes("Files")) { event.preventDefault(); body.classList.add("is-over"); } });
  for (const over of ["dragleave", "drop"]) body.addEventListener(over, () => body.classList.remove("is-over"));
  body.addEventListener("drop", event => {
    const files = [...event.dataTransfer.files];
    if (files.length === 0) return;
    event.preventDefault();
    // What is no picture the library refuses, and says why.
    upload(files);
  });

  return {
    tell,
    sendAll,
    /** Whether what was pasted is a picture, and is taken care of. */
    pasted(event) {
      const { files, missing } = fromClipboard(event.clipboardData);
      if (files.length === 0 && !missing) return false;
      event.preventDefault();
      if (missing) sendAll([]); else upload(files);
      return true;
    },
  };
}
