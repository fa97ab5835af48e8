// A picture is cropped: by its corners and edges, or by numbers, which do all that the frame does; and how pages will show it in shapes of
// their own.

const shapes = [
  ["3:2", 3 / 2, "cards and fronts"],
  ["16:9", 16 / 9, "wide"],
  ["1:1", 1, "square"],
];
const within = (value, least, most) => Math.min(most, Math.max(least, value));
const made = (name, values = {}) => Object.assign(document.createElement(name), values);

/** The same point of a picture, from the edges of another part of it. As CropArea.PointFrom of the server. */
export function pointIn(area, from, { x, y }) {
  return {
    x: within((from.left + x * from.width - area.left) / area.width, 0, 1),
    y: within((from.top + y * from.height - area.top) / area.height, 0, 1),
  };
}

/** A part of a picture in each of the shapes. @returns their element, and what shows them. */
export function cropShapes() {
  const element = made("div", { className: "crop-shapes" });
  const frames = shapes.map(([name, ratio, what]) => {
    const figure = made("figure"),
      frame = made("div", { className: "crop-shape" }),
      image = made("img", { alt: "" });
    frame.style.aspectRatio = ratio;
    frame.append(image);
    figure.append(frame, made("figcaption", { className: "hint", textContent: `${name}, ${what}` }));
    element.append(figure);
    return { ratio, image };
  });

  /** @param whole {src, width, height} @param focus what stays, from the edges of the area, 0 to 1. */
  function show(whole, area, focus) {
    for (const { ratio, image } of frames) {
      // As the server cuts: the focus in the middle, as far as the edges allow.
      const [width, height] = area.width > area.height * ratio ? [area.height * ratio, area.height] : [area.width, area.width / ratio];
      const left = area.left + within(focus.x * area.width - width / 2, 0, area.width - width);
      const top = area.top + within(focus.y * area.height - height / 2, 0, area.height - height);
      if (image.getAttribute("src") !== whole.src) image.src = whole.src;
      image.style.width = `${(whole.width / width) * 100}%`;
      image.style.left = `${(-left / width) * 100}%`;
      image.style.top = `${(-top / height) * 100}%`;
    }
  }
  return { element, show };
}

/**
 * Asks for a part of a picture. @param whole {src, width, height} @param told where it says that it cannot.
 * @returns the part in pixels, or null where nothing was chosen.
 */
export async function openCrop({ whole, area, focus }, told) {
  try {
    await import("../lib/cropperjs/cropper-2.2.0.js");
  } catch {
    told.textContent = "No connection. Try again.";
    return null;
  }
  const before = area;
  const least = { width: Math.min(16, whole.width), height: Math.min(16, whole.height) };
  const dialog = made("dialog", { className: "crop-dialog" });
  dialog.setAttribute("aria-labelledby", "crop-h");
  dialog.innerHTML = `
    <form method="dialog">
      <h2 id="crop-h">Crop</h2>
      <fieldset class="crop-ratios">
        <legend class="vh">Shape</legend>
      </fieldset>
      <div class="crop-canvas">
        <cropper-canvas aria-hidden="true">
          <img alt="">
          <cropper-shade></cropper-shade>
          <cropper-selection movable resizable>
            <cropper-grid bordered covered></cropper-grid>
            <cropper-handle action="move" plain></cropper-handle>
          </cropper-selection>
        </cropper-canvas>
      </div>
      <fieldset class="crop-numbers">
        <legend class="vh">The crop in pixels</legend>
      </fieldset>
      <p class="hint" role="status"></p>
      <p class="acts">
        <button type="submit">Crop</button>
        <button type="button" class="second" data-act="whole">Whole picture</button>
        <button type="button" class="second" data-act="cancel">Cancel</button>
      </p>
    </form>`;
  const [canvas, selection, says] = ["cropper-canvas", "cropper-selection", "[role=status]"].map(part => dialog.querySelector(part));
  for (const at of ["n", "e", "s", "w", "ne", "nw", "se", "sw"]) {
    const handle = made("cropper-handle");
    handle.setAttribute("action", `${at}-resize`);
    selection.append(handle);
  }
  canvas.querySelector("img").src = whole.src;
  const previews = cropShapes();
  dialog.querySelector(".crop-numbers").before(previews.element);
  const numbers = Object.fromEntries(
    [
      ["left", "From the left"],
      ["top", "From the top"],
      ["width", "Width"],
      ["height", "Height"],
    ].map(([name, words]) => {
      const label = made("label", { textContent: `${words} ` }),
        input = made("input", { type: "number", min: 0, step: 1, required: true });
      label.append(input);
      dialog.querySelector(".crop-numbers").append(label);
      return [name, input];
    }),
  );
  for (const [name, ratio] of [["Free", NaN], ...shapes]) {
    const label = made("label"),
      radio = made("input", { type: "radio", name: "ratio", checked: name === "Free" });
    radio.addEventListener("change", () => keepTo(ratio));
    label.append(radio, ` ${name}`);
    dialog.querySelector(".crop-ratios").append(label);
  }

  const scale = () => canvas.offsetWidth / whole.width;

  // Says and shows a part; the frame on the picture follows unless it is what was moved.
  function take(next, isMoved = false) {
    area = next;
    for (const [name, input] of Object.entries(numbers)) if (input !== document.activeElement) input.value = area[name];
    const all = area.width === whole.width && area.height === whole.height;
    const sizes = `${area.width} × ${area.height} of ${whole.width} × ${whole.height} pixels.`;
    says.textContent = all ? "The whole picture is printed." : sizes;
    previews.show(whole, area, pointIn(area, before, focus));
    if (isMoved) return;
    const by = scale();
    placing = true;
    selection.$change(area.left * by, area.top * by, area.width * by, area.height * by);
    placing = false;
  }

  function fitted({ left, top, width, height }) {
    const part = {
      width: within(Math.round(width), least.width, whole.width),
      height: within(Math.round(height), least.height, whole.height),
    };
    part.left = within(Math.round(left), 0, whole.width - part.width);
    part.top = within(Math.round(top), 0, whole.height - part.height);
    return part;
  }

  // The largest part of this shape within the part of now.
  function keepTo(ratio) {
    selection.aspectRatio = ratio;
    if (!ratio) return;
    const [width, height] = area.width > area.height * ratio ? [area.height * ratio, area.height] : [area.width, area.width / ratio];
    take(fitted({ left: area.left + (area.width - width) / 2, top: area.top + (area.height - height) / 2, width, height }));
  }

  let placing = false;
  selection.addEventListener("change", event => {
    if (placing) return;
    const { x, y, width, height } = event.detail,
      by = scale(),
      edge = 0.5;
    const isOut = x < -edge || y < -edge || x + width > canvas.offsetWidth + edge || y + height > canvas.offsetHeight + edge;
    const isMove = Math.abs(width - selection.width) < 0.01 && Math.abs(height - selection.height) < 0.01;
    const isSmall = width < least.width * by || height < least.height * by;
    if (isSmall || (isOut && !isMove)) return event.preventDefault();
    take(fitted({ left: x / by, top: y / by, width: width / by, height: height / by }), !isOut);
    // It was moved over the edge: it stays at the edge.
    if (isOut) event.preventDefault();
  });
  for (const input of Object.values(numbers)) {
    input.addEventListener("change", () => {
      const typed = Object.fromEntries(Object.entries(numbers).map(([name, field]) => [name, Number(field.value) || 0]));
      input.blur();
      take(fitted(typed));
      input.focus();
    });
  }
  dialog.querySelector("[data-act=whole]").addEventListener("click", () => {
    dialog.querySelector("[name=ratio]").click();
    take({ left: 0, top: 0, width: whole.width, height: whole.height });
  });
  dialog.querySelector("[data-act=cancel]").addEventListener("click", () => dialog.close());
  // Keys in here are not the page's.
  dialog.addEventListener("keydown", event => event.stopPropagation());
  canvas.parentElement.style.setProperty("--ratio", whole.width / whole.height);
  document.body.append(dialog);
  dialog.showModal();
  await new Promise(requestAnimationFrame);
  take(area);
  const resized = new ResizeObserver(() => take(area));
  resized.observe(canvas);
  return new Promise(done => {
    dialog.addEventListener("close", () => {
      resized.disconnect();
      dialog.remove();
      done(dialog.returnValue === "crop" ? area : null);
    });
    dialog.querySelector("form").addEventListener("submit", event => {
      event.preventDefault();
      dialog.close("crop");
    });
  });
}
