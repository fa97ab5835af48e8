// Lists put in order by dragging; the buttons beside each line do the same for keyboards and without scripts.

for (const list of document.querySelectorAll("[data-order]")) {
  const form = document.getElementById("order");
  let dragged;
  const order = () => [...list.children].map(line => line.dataset.id);
  let before = "";

  for (const line of list.children) {
    line.draggable = true;
    line.dataset.grip = "";
    line.addEventListener("dragstart", e => {
      dragged = line;
      before = order().join();
      e.dataTransfer.effectAllowed = "move";
      line.classList.add("is-dragged");
    });
    line.addEventListener("dragover", e => {
      if (!dragged) return;
      e.preventDefault();
      if (line === dragged) return;
      const { top, height } = line.getBoundingClientRect();
      line[e.clientY < top + height / 2 ? "before" : "after"](dragged);
    });
    line.addEventListener("dragend", () => {
      line.classList.remove("is-dragged");
      dragged = undefined;
      if (order().join() === before) return;
      for (const id of order()) {
        const field = document.createElement("input");
        [field.type, field.name, field.value] = ["hidden", "order", id];
        form.append(field);
      }
      form.requestSubmit();
    });
  }
}
