// A picture's own page: the focal point by click, the crop in a dialog, and how pages will show both, before they are saved.

import { cropShapes, openCrop, pointIn } from "./crop-dialog.js";

const board = document.querySelector("[data-focus]");
const image = board?.querySelector("img");
const field = name => document.getElementById(`Typed_${name}`);
const [x, y] = ["FocusX", "FocusY"].map(field);

if (image && x && y && !x.matches(":disabled")) {
  const mark = Object.assign(document.createElement("span"), { className: "focus-mark" });
  mark.setAttribute("aria-hidden", "true");
  board.append(mark);
  board.classList.add("is-live");
  document.querySelector(".focus-how").textContent =
    "Click the part to keep when the picture is cropped, or set it in percent from the left and top edges.";

  const whole = { src: board.dataset.whole, width: Number(board.dataset.width), height: Number(board.dataset.height) };
  const pixels = Object.fromEntries(
    ["left", "top", "width", "height"].map(name => [name, field(`Crop${name[0].toUpperCase()}${name.slice(1)}`)]),
  );
  const areaOf = () => Object.fromEntries(Object.entries(pixels).map(([name, input]) => [name, Number(input.value)]));
  const printed = areaOf();
  const focusOf = () => ({ x: part(x), y: part(y) });
  const part = input => Math.min(100, Math.max(0, Number(input.value) || 0)) / 100;
  const shapes = cropShapes();
  document.querySelector(".crops").replaceChildren(shapes.element);

  function show() {
    const [area, focus] = [areaOf(), focusOf()];
    mark.style.insetInlineStart = "auto";
    mark.style.left = `${focus.x * 100}%`;
    mark.style.top = `${focus.y * 100}%`;
    const isPrinted = Object.keys(area).every(name => area[name] === printed[name]);
    // What is printed now is on the page; another part needs the whole.
    if (isPrinted) shapes.show({ src: image.currentSrc || image.src, ...sizeOf(printed) }, { left: 0, top: 0, ...sizeOf(printed) }, focus);
    else shapes.show(whole, area, pointIn(area, printed, focus));
  }
  const sizeOf = ({ width, height }) => ({ width, height });

  board.addEventListener("click", event => {
    const box = image.getBoundingClientRect();
    x.value = Math.round(Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) * 100);
    y.value = Math.round(Math.min(1, Math.max(0, (event.clientY - box.top) / box.height)) * 100);
    show();
  });
  for (const input of [x, y, ...Object.values(pixels)]) input.addEventListener("input", show);

  const button = Object.assign(document.createElement("button"), { type: "button", className: "second", textContent: "Crop…" });
  const told = Object.assign(document.createElement("span"), { className: "hint" });
  told.setAttribute("role", "status");
  const line = Object.assign(document.createElement("p"), { className: "acts crop-acts" });
  line.append(button, told);
  document.querySelector(".crop-how").after(line);
  button.addEventListener("click", async () => {
    const area = await openCrop({ whole, area: areaOf(), focus: pointIn(areaOf(), printed, focusOf()) }, told);
    button.focus();
    if (area === null) return;
    for (const [name, input] of Object.entries(pixels)) input.value = area[name];
    told.textContent = "Not saved yet.";
    show();
  });
  if (image.complete) show();
  else image.addEventListener("load", show, { once: true });
}
