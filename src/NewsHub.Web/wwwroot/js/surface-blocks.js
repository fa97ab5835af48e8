// Blocks as wholes: a grip beside the one that the pointer is on, to drag it or to move it by the arrow keys; a + on an empty line.
import { NodeSelection, Plugin, TextSelection } from "../lib/prosemirror/prosemirror.js";

/** Moves the top-level block of the selection before the one above it, or behind the one below. */
export function move(step) {
  return (state, dispatch) => {
    const { selection, doc } = state;
    const index = selection.$from.index(0);
    const other = index + step;
    if (
      (selection.$from.depth === 0 && !(selection instanceof NodeSelection)) ||
      (selection.$to.index(0) !== index && !(selection instanceof NodeSelection))
    )
      return false;
    // The empty line at the end stays the last.
    if (other < 0 || other >= doc.childCount || (other === doc.childCount - 1 && doc.child(other).content.size === 0)) return false;
    if (!dispatch) return true;
    const [first, second] = step < 0 ? [other, index] : [index, other];
    let from = 0;
    for (let i = 0; i < first; i++) from += doc.child(i).nodeSize;
    const [a, b] = [doc.child(first), doc.child(second)];
    const shift = step < 0 ? -a.nodeSize : b.nodeSize;
    const tr = state.tr.replaceWith(from, from + a.nodeSize + b.nodeSize, [b, a]);
    const at = position => tr.doc.resolve(position + shift);
    tr.setSelection(
      selection instanceof NodeSelection
        ? new NodeSelection(at(selection.from))
        : TextSelection.between(at(selection.anchor), at(selection.head)),
    );
    dispatch(tr.scrollIntoView());
    return true;
  };
}

export const grips = () =>
  new Plugin({
    view(view) {
      const frame = view.dom.parentElement;
      const grip = Object.assign(document.createElement("span"), {
        className: "surface-grip",
        textContent: "⠿",
        draggable: true,
        hidden: true,
        tabIndex: 0,
        role: "button",
        title: "Drag to move, or use the arrow keys",
      });
      const plus = Object.assign(document.createElement("button"), {
        type: "button",
        className: "surface-plus",
        textContent: "+",
        hidden: true,
        title: "Insert (/)",
      });
      plus.setAttribute("aria-label", "Insert");
      frame.append(grip, plus);
      let at = null;

      const blockAt = element => {
        let node = element;
        while (node && node.parentElement !== view.dom) node = node.parentElement;
        return node;
      };
      const beside = (button, block) => {
        button.style.insetBlockStart = `${block.offsetTop + 2}px`;
        button.hidden = false;
      };

      frame.addEventListener("pointermove", ({ target, clientY }) => {
        if (grip.contains(target) || plus.contains(target)) return;
        const { left } = view.dom.getBoundingClientRect();
        const block = blockAt(target) ?? blockAt(document.elementFromPoint(left + 20, clientY));
        if (!block || (block.textContent === "" && !block.matches(".shot, div:has(hr)"))) {
          grip.hidden = true;
          return;
        }
        at = view.posAtDOM(block, 0);
        const $at = view.state.doc.resolve(at);
        at = $at.depth > 0 ? $at.before(1) : at;
        // A block's own text: its tools are no part of what it says.
        const node = view.state.doc.nodeAt(at);
        const words = (node.attrs.title || node.attrs.alt || node.textContent).trim().slice(0, 40);
        grip.setAttribute("aria-label", words ? `Move “${words}”` : `Move this ${node.type.name === "figure" ? "picture" : "block"}`);
        beside(grip, block);
      });
      frame.addEventListener("pointerleave", () => {
        if (document.activeElement !== grip) grip.hidden = true;
      });
      const choose = () => view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, at)));
      grip.addEventListener("click", () => {
        choose();
        view.focus();
      });
      grip.addEventListener("dragstart", event => {
        choose();
        const slice = view.state.selection.content();
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", view.state.selection.node.textContent);
        event.dataTransfer.setDragImage(view.nodeDOM(at), 0, 0);
        view.dragging = { slice, move: true };
      });
      grip.addEventListener("keydown", event => {
        const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
        if (!step) return;
        event.preventDefault();
        choose();
        if (move(step)(view.state, view.dispatch)) {
          at = view.state.selection.from;
          beside(grip, view.nodeDOM(at));
        }
      });
      plus.addEventListener("mousedown", event => event.preventDefault());
      plus.addEventListener("click", () => {
        view.dispatch(view.state.tr.insertText("/"));
        view.focus();
      });

      return {
        update() {
          const { $from, empty } = view.state.selection;
          const isLine = empty && $from.depth === 1 && $from.parent.type.name === "paragraph" && $from.parent.content.size === 0;
          if (isLine) beside(plus, view.nodeDOM($from.before(1)));
          else plus.hidden = true;
        },
        destroy() {
          grip.remove();
          plus.remove();
        },
      };
    },
  });
