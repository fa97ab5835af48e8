// Words that colleagues have notes on, marked where they stand. A place in the surface is a place in the Markdown: within a block, the
// letters that are seen are found one after the other in its source.
import { Decoration, DecorationSet, Plugin } from "../lib/prosemirror/prosemirror.js";
import { sources } from "./surface-markdown.js";

/** @param open is told the number of a note whose words were clicked. */
export function noted(open) {
  const plugin = new Plugin({
    state: {
      init: () => DecorationSet.empty,
      apply(tr, set) {
        const notes = tr.getMeta(plugin);
        const now = set.map(tr.mapping, tr.doc);
        if (!notes) return now;
        const there = id => now.find(undefined, undefined, spec => spec.id === id);
        const gone = now.find().filter(({ spec }) => !notes.some(note => note.id === spec.id));
        // Words that are marked already have moved with what was typed since.
        const added = notes
          .filter(note => there(note.id).length === 0 && note.to > note.from)
          .map(({ id, from, to }) => Decoration.inline(from, to, { class: "noted", "data-note": id }, { id }));
        return now.remove(gone).add(tr.doc, added);
      },
    },
    props: {
      decorations: state => plugin.getState(state),
      handleClick(_, __, event) {
        const id = event.target.closest?.("[data-note]")?.dataset.note;
        if (id) open(id);
        return false;
      },
    },
  });
  return plugin;
}

/** Where the chosen words stand in the Markdown. @returns null where nothing is chosen that the source has. */
export function chosenSource(view, opened) {
  const { from, to } = view.state.selection;
  const found = letters(view.state.doc, opened).filter(({ at }) => at >= from && at < to);
  if (found.length === 0) return null;
  return { start: found[0].source, end: found.at(-1).source + found.at(-1).sign.length };
}

/** Where words of the Markdown stand in the document, for as many places as are asked for. */
export function placesOf(doc, opened, notes) {
  const all = letters(doc, opened);
  return notes.flatMap(({ id, start, end }) => {
    const found = all.filter(({ source }) => source >= start && source < end);
    return found.length === 0 ? [] : [{ id, from: found[0].at, to: found.at(-1).at + found.at(-1).sign.length }];
  });
}

/** Each letter that is seen: its place in the document and in the Markdown. */
function letters(doc, opened) {
  const found = [];
  for (const { node, at, source, from } of sources(doc, opened)) {
    let next = node.isTextblock ? 0 : behindOpening(source);
    node.descendants((child, offset) => {
      const mark = { footnote_mark: () => `[^${child.attrs.label}]`, money: () => `{fx ${child.attrs.words}}` }[child.type.name]?.();
      if (mark) {
        const there = source.indexOf(mark, next);
        if (there < 0) return;
        if (child.type.name === "money") found.push({ at: at + 1 + offset, source: from + there, sign: "￼" });
        next = there + mark.length;
      }
      if (!child.isText) return;
      for (let i = 0; i < child.text.length; i++) {
        const there = seek(source, child.text[i], next);
        if (there < 0) continue;
        found.push({ at: at + 1 + offset + i, source: from + there, sign: child.text[i] });
        next = there + 1;
      }
    });
  }
  return found;
}

// The first line of furniture names it, and a note at the foot begins with its number.
const behindOpening = source => /^(:::.*\n|\[\^[^\]]+\]:\s*)/.exec(source)?.[0].length ?? 0;

// An address behind a link's words is no part of what is seen.
function seek(source, sign, at) {
  while (at < source.length && source[at] !== sign) at = source.startsWith("](", at) ? behindAddress(source, at + 2) : at + 1;
  return at < source.length ? at : -1;
}

function behindAddress(source, at) {
  for (let open = 1; at < source.length; at++) {
    if (source[at] === "\\") at++;
    else if (source[at] === "(") open++;
    else if (source[at] === ")" && --open === 0) return at + 1;
  }
  return at;
}
