// The writing surface: the body as it prints, typed into. The form's own field keeps the text; the two never disagree.
import {
  baseKeymap,
  chainCommands,
  createParagraphNear,
  Decoration,
  DecorationSet,
  dropCursor,
  EditorState,
  EditorView,
  exitCode,
  gapCursor,
  goToNextCell,
  history,
  InputRule,
  inputRules,
  isInTable,
  keymap,
  lift,
  liftEmptyBlock,
  liftListItem,
  newlineInCode,
  Plugin,
  redo,
  search,
  setBlockType,
  sinkListItem,
  Slice,
  splitBlock,
  splitListItem,
  tableEditing,
  TextSelection,
  textblockTypeInputRule,
  toggleMark,
  undo,
  undoInputRule,
  wrapIn,
  wrapInList,
  wrappingInputRule,
  Fragment,
} from "../lib/prosemirror/prosemirror.js";
import { fromClipboard } from "./picture-drop.js";
import { grips, move } from "./surface-blocks.js";
import { FigureView } from "./surface-figure.js";
import { linkTo } from "./surface-link.js";
import { place, read, save } from "./surface-markdown.js";
import { menus } from "./surface-menus.js";
import { chosenSource, noted, placesOf } from "./surface-notes.js";
import { clean } from "./surface-paste.js";
import { plainQuotes, quotes } from "./surface-quotes.js";
import { searching } from "./surface-search.js";
import { schema } from "./surface-schema.js";

const { nodes, marks } = schema;

/**
 * Puts the surface where the field is.
 * @param body the form's field of house Markdown.
 * @param upload sends files to the library, and gives their names.
 * @param follow is told the words of the block where the cursor is.
 * @param tools names, signs and keys of what can be put in, for the menus.
 * @param note asks for a note on the chosen words; @param openNote shows one.
 * @param taken is called where another put a text into the field.
 */
export function mount(form, body, { upload, tools, pick, follow, note, openNote, taken }) {
  const host = Object.assign(document.createElement("div"), { className: "surface" });
  const language = form.querySelector("[name='Manuscript.Language']");
  body.after(host);
  const marked = noted(id => openNote?.(id));
  let opened = read(body.value),
    written = body.value;

  const keys = {
    "Mod-z": chainCommands(undoInputRule, undo),
    "Mod-y": redo,
    "Shift-Mod-z": redo,
    Backspace: undoInputRule,
    Enter: chainCommands(
      nextCell,
      leaveLine,
      newlineInCode,
      splitListItem(nodes.list_item),
      createParagraphNear,
      liftEmptyBlock,
      splitBlock,
    ),
    "Shift-Enter": chainCommands(exitCode, (state, dispatch) => {
      if (!state.selection.$from.parent.inlineContent || state.selection.$from.parent.type.spec.marks === "") return false;
      dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView());
      return true;
    }),
    Tab: chainCommands(goToNextCell(1), sinkListItem(nodes.list_item)),
    "Mod-h": () => {
      openSearch();
      return true;
    },
    "Alt-ArrowUp": move(-1),
    "Alt-ArrowDown": move(1),
    "Shift-Tab": chainCommands(goToNextCell(-1), liftListItem(nodes.list_item)),
  };

  const commands = {
    Bold: toggleMark(marks.strong),
    Italic: toggleMark(marks.em),
    Crosshead: toggleBlock(nodes.heading, { level: 2 }),
    Quotation: toggleWrap(nodes.blockquote),
    "Pull quote": insert(words => nodes.pullquote.create(null, [nodes.paragraph.create(null, words), nodes.attribution.create()])),
    "Box beside the text": insert(words =>
      nodes.aside.create(null, [nodes.heading.create({ level: 2 }), nodes.paragraph.create(null, words)]),
    ),
    List: wrapInList(nodes.bullet_list),
    "1. Numbered list": wrapInList(nodes.ordered_list),
    Link: (state, _, it) => linkTo(it, marks.link),
    Table: insert(() => table(2, 2)),
    Footnote: footnote,
    "Note to colleagues": () => {
      note();
      return true;
    },
    Embed: insert(() => nodes.embed.create(null, [nodes.embed_address.create(), nodes.embed_words.create()])),
    Picture: () => {
      pick(names => figures(names, view.state.selection.from));
      return true;
    },
    "Find and replace": () => {
      openSearch();
      return true;
    },
    "A line across": insert(() => nodes.rule.create()),
  };

  const view = new EditorView(host, {
    state: EditorState.create({ doc: withLine(opened.doc), plugins: plugins() }),
    nodeViews: { figure: (node, it, getPos) => new FigureView(node, it, getPos, form, pick) },
    attributes: () => ({
      role: "textbox",
      "aria-multiline": "true",
      "aria-label": "Body",
      class: "prose surface-text",
      spellcheck: "true",
      lang: language?.value || "en",
      "data-empty": "Write the story. Type / for pictures, quotes, tables and more.",
    }),
    dispatchTransaction(tr) {
      view.updateState(view.state.apply(tr));
      if (tr.docChanged) {
        put();
        lookForPlainQuotes();
      }
      if (tr.selectionSet) followed();
    },
    handlePaste: pasted,
    handleDrop(it, event) {
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return false;
      const at = it.posAtCoords({ left: event.clientX, top: event.clientY })?.pos;
      send(files, at ?? it.state.selection.from);
      event.preventDefault();
      return true;
    },
    clipboardTextSerializer: slice => save(schema.node("doc", null, blocksOf(slice.content)), read("")),
    clipboardTextParser: (text, _, plain) => ofText(text.replace(/\r\n?/g, "\n").trim(), plain),
    // What was copied from a surface knows what it is.
    transformPastedHTML: html => (html.includes("data-pm-slice") ? html : clean(html).innerHTML),
    transformPasted: slice => renumbered(slice, view.state.doc),
  });

  const openSearch = searching(view);

  const notes = {
    /** The chosen words as the Markdown has them. */
    chosen() {
      const found = chosenSource(view, opened);
      return found && { part: "Body", start: found.start, quote: body.value.slice(found.start, found.end) };
    },
    /** @param list notes with the beginning and the end of their words in the Markdown. */
    show(list) {
      view.dispatch(view.state.tr.setMeta(marked, placesOf(view.state.doc, opened, list)).setMeta("addToHistory", false));
    },
    goTo(id) {
      const [words] = marked.getState(view.state).find(undefined, undefined, spec => spec.id === id);
      if (!words) return false;
      view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, words.from, words.to)).scrollIntoView());
      view.focus();
      return true;
    },
  };
  const blocksOf = content => (content.firstChild?.isInline ? [nodes.paragraph.create(null, content)] : content);

  // What readers see stands beside it, and follows the cursor.
  let following;
  function followed() {
    clearTimeout(following);
    following = setTimeout(() => follow(view.state.doc.maybeChild(view.state.selection.$from.index(0))?.textContent ?? ""), 250);
  }

  function put() {
    const text = save(view.state.doc, opened);
    if (text === written) return;
    written = body.value = text;
    body.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // Quotes that came in plain are offered to be set as the language has them.
  const offer = Object.assign(document.createElement("p"), { className: "surface-offer", hidden: true });
  offer.setAttribute("role", "status");
  host.append(offer);
  let looking;
  function lookForPlainQuotes() {
    clearTimeout(looking);
    looking = setTimeout(() => {
      const { count } = plainQuotes(view.state, language?.value || "en");
      offer.hidden = count === 0;
      if (count === 0) return offer.replaceChildren();
      const button = Object.assign(document.createElement("button"), { type: "button", className: "quiet", textContent: "Set them" });
      button.addEventListener("click", () => {
        view.dispatch(plainQuotes(view.state, language?.value || "en").set());
        view.focus();
      });
      offer.replaceChildren(`${count} plain ${count === 1 ? "quotation mark" : "quotation marks"}. `, button);
    }, 400);
  }
  lookForPlainQuotes();

  // Another put a text into the field: a kept one, or the browser's own after a way back.
  function take() {
    if (body.value === written) return;
    written = body.value;
    opened = read(written);
    const { doc } = opened,
      now = view.state.doc;
    const start = now.content.findDiffStart(doc.content);
    if (start === null) return;
    view.dispatch(view.state.tr.replaceWith(0, now.content.size, doc.content));
    taken?.();
  }
  for (const [source, event] of [
    [body, "input"],
    [window, "pageshow"],
  ])
    source.addEventListener(event, () => {
      if (!host.hidden) take();
    });
  language?.addEventListener("input", () => view.setProps({}));

  function plugins() {
    return [
      inputRules({
        rules: [
          textblockTypeInputRule(/^##\s$/, nodes.heading, { level: 2 }),
          textblockTypeInputRule(/^###\s$/, nodes.heading, { level: 3 }),
          wrappingInputRule(/^\s*>\s$/, nodes.blockquote),
          wrappingInputRule(/^\s*[-*]\s$/, nodes.bullet_list),
          wrappingInputRule(
            /^(\d+)\.\s$/,
            nodes.ordered_list,
            match => ({ order: Number(match[1]) }),
            (match, list) => list.childCount + list.attrs.order === Number(match[1]),
          ),
          new InputRule(/\{fx ([^{}\n]+)\}$/, (state, match, from, to) =>
            state.tr.replaceWith(from, to, nodes.money.create({ words: match[1] })),
          ),
          // Two brackets look for a page of the paper.
          new InputRule(/\[\[$/, (state, match, from, to) => {
            setTimeout(() => run("Link"));
            return state.tr.delete(from, to);
          }),
          ...quotes(() => language?.value ?? "en"),
        ],
      }),
      menus({ tools, run }),
      grips(),
      keymap(keys),
      keymap(baseKeymap),
      history({ newGroupDelay: 700 }),
      dropCursor({ width: 3, color: false, class: "surface-drop" }),
      gapCursor(),
      tableEditing(),
      search(),
      uploads,
      marked,
      lastLine,
    ];
  }

  function run(name) {
    const done = commands[name]?.(view.state, view.dispatch, view);
    if (!["Link", "Picture", "Find and replace", "Note to colleagues"].includes(name)) view.focus();
    return done ?? false;
  }

  // A block of its own, in place of an empty line or behind the block where the cursor is; the cursor goes into it.
  function insert(make) {
    return (state, dispatch) => {
      const { $from, from, to, empty } = state.selection;
      const words =
        empty || !$from.sameParent(state.doc.resolve(to))
          ? null
          : $from.parent.slice($from.parentOffset, $from.parentOffset + to - from).content;
      const block = make(words);
      const isLine = $from.parent.type === nodes.paragraph;
      const [start, end] =
        $from.depth === 0
          ? [from, to]
          : isLine && ($from.parent.content.size === 0 || (words && words.size === $from.parent.content.size))
            ? [$from.before(), $from.after()]
            : [$from.after($from.depth), $from.after($from.depth)];
      const parent = state.doc.resolve(start);
      // Where a block of this kind cannot stand, such as in a list, it stands behind the whole.
      const at =
        parent.parent.canReplaceWith(parent.index(), parent.index(), block.type) && !(block.type.spec.isolating && parent.depth > 0)
          ? start
          : $from.after(1);
      const tr = state.tr.replaceWith(at, at === start ? end : at, block);
      const inside = block.isAtom || block.isLeaf ? null : TextSelection.findFrom(tr.doc.resolve(at), 1, true);
      dispatch?.((inside ? tr.setSelection(inside) : tr).scrollIntoView());
      return true;
    };
  }

  function footnote(state, dispatch) {
    const labels = new Set();
    state.doc.descendants(node => {
      if (node.type === nodes.footnote_mark || node.type === nodes.footnote) labels.add(node.attrs.label);
    });
    let label = 1;
    while (labels.has(String(label))) label++;
    if (!state.selection.$from.parent.inlineContent || state.selection.$from.parent.type.spec.marks === "") return false;
    const tr = state.tr.insert(state.selection.to, nodes.footnote_mark.create({ label: String(label) }));
    let end = tr.doc.content.size;
    if (tr.doc.lastChild.type === nodes.paragraph && tr.doc.lastChild.content.size === 0 && tr.doc.childCount > 1) end -= 2;
    tr.insert(end, nodes.footnote.create({ label: String(label) }, nodes.paragraph.create()));
    dispatch?.(tr.setSelection(TextSelection.near(tr.doc.resolve(end + 2))).scrollIntoView());
    return true;
  }

  // Pictures stand where they were let fall, whatever is written before them meanwhile.
  async function send(files, at) {
    const id = {};
    view.dispatch(
      view.state.tr.setMeta(uploads, {
        add: { id, at, words: files.length === 1 ? `Uploading ${files[0].name}…` : `Uploading ${files.length} pictures…` },
      }),
    );
    let names = [];
    try {
      names = await upload(files);
    } finally {
      const there = uploads.getState(view.state).find(undefined, undefined, spec => spec.id === id)[0]?.from ?? view.state.selection.from;
      view.dispatch(view.state.tr.setMeta(uploads, { remove: id }));
      if (names.length > 0) figures(names, there);
    }
  }

  function figures(names, at) {
    const made = names.map(src => nodes.figure.create({ src }));
    const { tr } = view.state;
    const spot = tr.doc.resolve(Math.min(at, tr.doc.content.size));
    const line = spot.depth > 0 && spot.parent.type === nodes.paragraph && spot.parent.content.size === 0 && spot.depth === 1;
    if (line) tr.replaceWith(spot.before(), spot.after(), made);
    else tr.insert(spot.depth === 0 ? spot.pos : spot.after(1), made);
    view.dispatch(tr.scrollIntoView());
    view.focus();
  }

  function pasted(it, event) {
    const data = event.clipboardData;
    const { files, missing } = fromClipboard(data);
    if (files.length > 0) {
      send(files, it.state.selection.from);
      return true;
    }
    if (missing) {
      upload([]);
      return true;
    }
    const text = data.getData("text/plain").trim();
    // An address over words makes a link of them.
    const { empty, $from, $to } = it.state.selection;
    if (!empty && $from.sameParent($to) && /^https?:\/\/\S+$/.test(text)) return toggleLink(it, text);
    return false;
  }

  function toggleLink(it, href) {
    const { from, to } = it.state.selection;
    it.dispatch(it.state.tr.removeMark(from, to, marks.link).addMark(from, to, marks.link.create({ href })));
    return true;
  }

  return {
    view,
    run,
    host,
    send,
    notes,
    /** Shows it, or the field of Markdown. */
    show(on) {
      host.hidden = !on;
      if (on) take();
      body.hidden = on;
    },
    focus(atStart = false) {
      if (atStart) view.dispatch(view.state.tr.setSelection(TextSelection.atStart(view.state.doc)));
      view.focus();
    },
    /** Chooses the block that begins at or before a line of the Markdown. */
    goTo(line) {
      const index = place(view.state.doc, opened, line);
      let at = 0;
      for (let i = 0; i < index; i++) at += view.state.doc.child(i).nodeSize;
      view.dispatch(
        view.state.tr
          .setSelection(TextSelection.near(view.state.doc.resolve(Math.min(at + 1, view.state.doc.content.size))))
          .scrollIntoView(),
      );
      view.focus();
    },
  };
}

// Text without a form: paragraphs as it has them. Where it is written as Markdown is, it is that; with Shift it is the words alone.
function ofText(text, plain) {
  const marked = /^(#{2,3} |:{3}|> |[-*] |\|.*\|$|\[\^\S+\]:)|\*\*\S|\]\(\S+\)|\{fx /m.test(text);
  const content =
    marked && !plain
      ? read(text).doc.content
      : Fragment.fromArray(
          text.split(/\n\s*\n/).map(paragraph =>
            nodes.paragraph.create(
              null,
              paragraph
                .split("\n")
                .flatMap((line, i) => [...(i > 0 ? [nodes.soft_break.create()] : []), ...(line.trim() ? [schema.text(line.trim())] : [])]),
            ),
          ),
        );
  const open = content.childCount === 1 && content.firstChild.type === nodes.paragraph ? 1 : 0;
  return new Slice(content, open, open);
}

const table = (columns, rows) =>
  nodes.table.create(
    null,
    Array.from({ length: rows }, (_, r) =>
      nodes.table_row.create(
        null,
        Array.from({ length: columns }, () => (r === 0 ? nodes.table_header : nodes.table_cell).create()),
      ),
    ),
  );

function toggleBlock(type, attrs) {
  return (state, dispatch) =>
    state.selection.$from.parent.hasMarkup(type, attrs)
      ? setBlockType(nodes.paragraph)(state, dispatch)
      : setBlockType(type, attrs)(state, dispatch);
}

function toggleWrap(type) {
  return (state, dispatch) => {
    const { $from } = state.selection;
    for (let depth = $from.depth; depth > 0; depth--) if ($from.node(depth).type === type) return lift(state, dispatch);
    return wrapIn(type)(state, dispatch);
  };
}

function nextCell(state, dispatch) {
  return isInTable(state) && (goToNextCell(1)(state, dispatch) || true);
}

// Enter goes on from the lines that furniture has: from the address to the words, and from the last line to a paragraph behind it.
function leaveLine(state, dispatch) {
  const { $from } = state.selection;
  const { type } = $from.parent;
  if (type === nodes.embed_address) {
    dispatch?.(state.tr.setSelection(TextSelection.near(state.doc.resolve($from.after()))));
    return true;
  }
  if (type !== nodes.attribution && type !== nodes.embed_words) return false;
  const at = $from.after($from.depth - 1);
  const tr = state.tr.insert(at, nodes.paragraph.create());
  dispatch?.(tr.setSelection(TextSelection.near(tr.doc.resolve(at + 1))).scrollIntoView());
  return true;
}

const uploads = new Plugin({
  state: {
    init: () => DecorationSet.empty,
    apply(tr, set) {
      const now = set.map(tr.mapping, tr.doc);
      const { add, remove } = tr.getMeta(uploads) ?? {};
      if (add) {
        const line = Object.assign(document.createElement("span"), { className: "upload-here", textContent: add.words });
        return now.add(tr.doc, [Decoration.widget(add.at, line, { id: add.id })]);
      }
      return remove ? now.remove(now.find(undefined, undefined, spec => spec.id === remove)) : now;
    },
  },
  props: { decorations: state => uploads.getState(state) },
});

const withLine = doc => (doc.lastChild.type === nodes.paragraph ? doc : doc.copy(doc.content.addToEnd(nodes.paragraph.create())));

// There is always a line to write on behind the last block; an empty one is not written.
const lastLine = new Plugin({
  props: {
    decorations: state =>
      state.doc.childCount === 1 && state.doc.firstChild.type === nodes.paragraph && state.doc.firstChild.content.size === 0
        ? DecorationSet.create(state.doc, [Decoration.node(0, state.doc.content.size, { class: "is-empty" })])
        : null,
  },
  appendTransaction: (_, __, state) =>
    state.doc.lastChild.type === nodes.paragraph
      ? null
      : state.tr.insert(state.doc.content.size, nodes.paragraph.create()).setMeta("addToHistory", false),
});

// Notes that come along get numbers that are free here.
function renumbered(slice, doc) {
  const taken = new Set();
  doc.descendants(node => {
    if (node.type === nodes.footnote) taken.add(node.attrs.label);
  });
  const map = new Map();
  const name = label => {
    if (!map.has(label)) {
      let free = label;
      for (let n = 1; taken.has(free); n++) free = String(n);
      taken.add(free);
      map.set(label, free);
    }
    return map.get(label);
  };
  const change = fragment =>
    Fragment.fromArray(
      fragment.content.map(node => {
        const isNote = node.type === nodes.footnote || node.type === nodes.footnote_mark;
        return isNote
          ? node.type.create({ label: name(node.attrs.label) }, change(node.content), node.marks)
          : node.isText
            ? node
            : node.copy(change(node.content));
      }),
    );
  return new Slice(change(slice.content), slice.openStart, slice.openEnd);
}
