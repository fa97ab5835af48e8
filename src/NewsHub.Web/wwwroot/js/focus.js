// The focal point by click: a mark on the picture, the two number fields, and the crop as cards will have it, all in step.

const board = document.querySelector("[data-focus]");
const image = board?.querySelector("img");
const [x, y] = ["Typed_FocusX", "Typed_FocusY"].map(id => document.getElementById(id));

if (image && x && y && !x.matches(":disabled")) {
  const mark = document.createElement("span");
  mark.className = "focus-mark";
  mark.setAttribute("aria-hidden", "true");
  board.append(mark);
  board.classList.add("is-live");
  document.querySelector(".focus-how").textContent = "Click the part to keep when the picture is cropped, or set it in percent from the left and top edges.";

  // The saved crop gives way to one that follows: the whole picture, in a frame of three to two.
  const crop = document.querySelector(".crop");
  let follows;

  const show = (typed = false) => {
    const [fx, fy] = [x, y].map(field => Math.min(100, Math.max(0, Number(field.value) || 0)) / 100);
    mark.style.insetInlineStart = "auto";
    mark.style.left = `${fx * 100}%`;
    mark.style.top = `${fy * 100}%`;
    if (!typed) return;
    if (!follows) {
      follows = image.cloneNode();
      follows.alt = "";
      follows.removeAttribute("srcset");
      follows.src = image.currentSrc;
      crop.replaceChildren(follows);
    }
    // As PictureProcessor cuts: the focus in the middle, as far as the edges allow.
    const [w, h] = [Number(image.getAttribute("width")), Number(image.getAttribute("height"))];
    const [cw, ch] = w * 2 > h * 3 ? [h * 3 / 2, h] : [w, w * 2 / 3];
    const part = (focus, all, cut) => all - cut < 1 ? 50 : Math.min(1, Math.max(0, (focus * all - cut / 2) / (all - cut))) * 100;
    follows.style.objectPosition = `${part(fx, w, cw)}% ${part(fy, h, ch)}%`;
  };

  board.addEventListener("click", e => {
    const box = image.getBoundingClientRect();
    x.value = Math.round(Math.min(1, Math.max(0, (e.clientX - box.left) / box.width)) * 100);
    y.value = Math.round(Math.min(1, Math.max(0, (e.clientY - box.top) / box.height)) * 100);
    show(true);
  });
  for (const field of [x, y]) field.addEventListener("input", () => show(true));
  show();
}
