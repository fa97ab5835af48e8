// Tools where the selection is: marks over chosen words, rows and columns in a table, and behind a / the list of what can be put in.
import {
  addColumnAfter,
  addColumnBefore,
  addRowAfter,
  addRowBefore,
  deleteColumn,
  deleteRow,
  deleteTable,
  isInTable,
  Plugin,
} from "../lib/prosemirror/prosemirror.js";

const overWords = ["Bold", "Italic", "Link", "Crosshead", "Quotation", "Note to colleagues"];
const inTable = [
  ["Row above", addRowBefore],
  ["Row below", addRowAfter],
  ["Column before", addColumnBefore],
  ["Column after", addColumnAfter],
  ["Delete row", deleteRow],
  ["Delete column", deleteColumn],
  ["Delete table", deleteTable],
];

/** @param tools sign and name of each; @param run does one by its name. */
export function menus({ tools, run }) {
  let bar,
    list,
    slash = null,
    chosen = 0,
    dismissed = null;

  const button = (sign, name, act) => {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "tool", textContent: sign, title: name });
    if (sign !== name) made.setAttribute("aria-label", name);
    // The selection stays where it is.
    made.addEventListener("mousedown", event => event.preventDefault());
    made.addEventListener("click", act);
    return made;
  };

  const found = () =>
    tools.filter(
      ([, name]) =>
        !["Bold", "Italic", "Link", "Note to colleagues"].includes(name) && name.toLowerCase().includes(slash.words.toLowerCase()),
    );

  function take(view, name) {
    const { from, to } = slash;
    close(view);
    view.dispatch(view.state.tr.delete(from, to));
    run(name);
  }

  function close(view) {
    dismissed = slash?.from ?? null;
    slash = null;
    list.hidden = true;
    view.dom.removeAttribute("aria-activedescendant");
    view.dom.removeAttribute("aria-controls");
  }

  // Words behind a / at the beginning of an empty line.
  function lookFor(view) {
    const { selection } = view.state;
    const { $from, empty } = selection;
    const text = empty && $from.parent.type.name === "paragraph" ? $from.parent.textBetween(0, $from.parentOffset, null, "￼") : "";
    const typed = /^\/([\p{L} ]{0,20})$/u.exec(text);
    if (!typed) {
      dismissed = null;
      if (slash) close(view);
      return;
    }
    if (dismissed === $from.start()) return;
    slash = { from: $from.start(), to: $from.pos, words: typed[1] };
    const names = found();
    if (names.length === 0) {
      list.hidden = true;
      return;
    }
    chosen = Math.min(chosen, names.length - 1);
    list.replaceChildren(
      ...names.map(([sign, name], i) => {
        const option = Object.assign(document.createElement("div"), {
          id: `surface-option-${i}`,
          className: "surface-option",
          tabIndex: -1,
        });
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", String(i === chosen));
        option.append(Object.assign(document.createElement("span"), { textContent: sign, ariaHidden: "true" }), name.replace(/^\d\. /, ""));
        option.addEventListener("mousedown", event => {
          event.preventDefault();
          take(view, name);
        });
        return option;
      }),
    );
    list.hidden = false;
    view.dom.setAttribute("aria-controls", list.id);
    view.dom.setAttribute("aria-activedescendant", `surface-option-${chosen}`);
    put(list, view, $from.start(), true);
    list.children[chosen].scrollIntoView({ block: "nearest" });
  }

  function put(box, view, at, below) {
    const coords = view.coordsAtPos(at),
      frame = view.dom.parentElement.getBoundingClientRect();
    // Where there is no room below the line, it stands above it.
    if (below && coords.bottom + box.offsetHeight + 6 > innerHeight) below = false;
    box.style.insetBlockStart = `${(below ? coords.bottom + 6 : coords.top - box.offsetHeight - 8) - frame.top}px`;
    const left = Math.min(coords.left - frame.left, frame.width - box.offsetWidth);
    box.style.left = `${Math.max(0, left)}px`;
  }

  function show(view) {
    const { selection } = view.state;
    const table = isInTable(view.state);
    const words = !selection.empty && selection.$from.parent.inlineContent && selection.$from.parent.type.spec.marks !== "";
    const kind = !view.editable || (!words && !table) ? "" : words ? "words" : "table";
    bar.hidden = kind === "";
    if (kind === "") return;
    if (bar.dataset.kind !== kind) {
      bar.dataset.kind = kind;
      bar.setAttribute("aria-label", kind === "words" ? "Selected text" : "Table");
      bar.replaceChildren(
        ...(kind === "words"
          ? tools.filter(([, name]) => overWords.includes(name)).map(([sign, name]) => button(sign, name, () => run(name)))
          : inTable.map(([name, act]) =>
              button(name, name, () => {
                act(view.state, view.dispatch);
                view.focus();
              }),
            )),
      );
    }
    put(bar, view, kind === "words" ? selection.from : tableAt(selection.$from), false);
  }

  function tableAt($pos) {
    for (let depth = $pos.depth; depth > 0; depth--) if ($pos.node(depth).type.name === "table") return $pos.start(depth) + 2;
    return $pos.pos;
  }

  return new Plugin({
    props: {
      handleKeyDown(view, event) {
        if (event.key === "F10" && event.altKey && !bar.hidden) {
          bar.querySelector("button").focus();
          return true;
        }
        if (!slash || list.hidden) return false;
        const names = found();
        if (event.key === "Escape") close(view);
        else if (event.key === "Enter" || event.key === "Tab") take(view, names[chosen][1]);
        else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
          chosen = (chosen + (event.key === "ArrowDown" ? 1 : names.length - 1)) % names.length;
          lookFor(view);
        } else return false;
        return true;
      },
    },
    view(view) {
      bar = Object.assign(document.createElement("div"), { className: "surface-bar", hidden: true });
      bar.setAttribute("role", "toolbar");
      bar.addEventListener("keydown", event => {
        const buttons = [...bar.querySelectorAll("button")],
          at = buttons.indexOf(event.target);
        if (event.key === "Escape") view.focus();
        const to = { ArrowRight: at + 1, ArrowLeft: at - 1 + buttons.length }[event.key];
        if (to !== undefined) {
          buttons[to % buttons.length].focus();
          event.preventDefault();
        }
      });
      list = Object.assign(document.createElement("div"), { className: "surface-list", id: "surface-list", hidden: true });
      list.setAttribute("role", "listbox");
      list.setAttribute("aria-label", "Insert");
      view.dom.parentElement.append(bar, list);
      view.dom.addEventListener("blur", () => {
        if (slash) close(view);
      });
      return {
        update(now, before) {
          if (before.doc.eq(now.state.doc) && before.selection.eq(now.state.selection)) return;
          if (!before.doc.eq(now.state.doc)) chosen = 0;
          lookFor(now);
          show(now);
        },
        destroy() {
          bar.remove();
          list.remove();
        },
      };
    },
  });
}
