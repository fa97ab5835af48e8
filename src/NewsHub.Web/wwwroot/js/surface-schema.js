// The writing surface's document: each block that house Markdown has and the surface has a form for. What it has no form for is
// a `verbatim` block, which shows its Markdown as it was written.
import { Schema, tableNodes } from "../lib/prosemirror/prosemirror.js";

const followable = href => (/^(https?:|mailto:|\/|#)/.test(href) ? href : null);

// The policy of the page allows no style within the markup.
const align = {
  default: null,
  getFromDOM: cell => cell.getAttribute("align"),
  setDOMAttr: (value, attrs) => {
    if (value) attrs.align = value;
  },
};

const nodes = {
  doc: { content: "block+" },
  paragraph: { content: "inline*", group: "block", parseDOM: [{ tag: "p" }], toDOM: () => ["p", { dir: "auto" }, 0] },
  heading: {
    attrs: { level: { default: 2 } },
    content: "inline*",
    group: "block",
    defining: true,
    // The headline is no part of the body: the first crosshead is of the second level.
    parseDOM: [1, 2, 3, 4, 5, 6].map(level => ({ tag: `h${level}`, attrs: { level: level > 2 ? 3 : 2 } })),
    toDOM: node => [`h${node.attrs.level}`, { dir: "auto" }, 0],
  },
  blockquote: { content: "block+", group: "block", defining: true, parseDOM: [{ tag: "blockquote" }], toDOM: () => ["blockquote", 0] },
  bullet_list: {
    attrs: { tight: { default: true }, bullet: { default: "-" } },
    content: "list_item+",
    group: "block",
    parseDOM: [{ tag: "ul" }],
    toDOM: () => ["ul", 0],
  },
  ordered_list: {
    attrs: { order: { default: 1 }, tight: { default: true }, delimiter: { default: "." } },
    content: "list_item+",
    group: "block",
    parseDOM: [{ tag: "ol", getAttrs: list => ({ order: Number(list.getAttribute("start") ?? 1) }) }],
    toDOM: node => ["ol", node.attrs.order === 1 ? {} : { start: node.attrs.order }, 0],
  },
  list_item: { content: "block+", defining: true, parseDOM: [{ tag: "li" }], toDOM: () => ["li", 0] },
  code_block: {
    attrs: { info: { default: "" } },
    content: "text*",
    marks: "",
    group: "block",
    code: true,
    defining: true,
    parseDOM: [{ tag: "pre", preserveWhitespace: "full" }],
    toDOM: () => ["pre", ["code", 0]],
  },
  rule: { group: "block", parseDOM: [{ tag: "hr" }], toDOM: () => ["div", ["hr"]] },
  figure: {
    attrs: { src: {}, alt: { default: "" }, title: { default: null } },
    group: "block",
    draggable: true,
    toDOM: node => ["figure", { class: "shot", "data-file": node.attrs.src }, ["span", node.attrs.src]],
  },
  pullquote: {
    content: "paragraph+ attribution",
    group: "block",
    defining: true,
    isolating: true,
    parseDOM: [{ tag: "figure.pullquote" }],
    toDOM: () => ["figure", { class: "pullquote" }, 0],
  },
  attribution: { content: "text*", marks: "", parseDOM: [{ tag: "figcaption" }], toDOM: () => ["figcaption", { dir: "auto" }, 0] },
  aside: {
    content: "block+",
    group: "block",
    defining: true,
    isolating: true,
    parseDOM: [{ tag: "aside" }],
    toDOM: () => ["aside", { class: "box" }, 0],
  },
  embed: {
    content: "embed_address embed_words",
    group: "block",
    defining: true,
    isolating: true,
    toDOM: () => ["div", { class: "embed" }, 0],
  },
  embed_address: { content: "text*", marks: "", toDOM: () => ["p", { class: "embed-address", dir: "ltr", spellcheck: "false" }, 0] },
  embed_words: { content: "text*", marks: "", toDOM: () => ["p", { class: "embed-words", dir: "auto" }, 0] },
  footnote: {
    attrs: { label: {} },
    content: "block+",
    group: "block",
    defining: true,
    isolating: true,
    parseDOM: [{ tag: "div.note-text", getAttrs: note => ({ label: note.dataset.label }) }],
    toDOM: node => ["div", { class: "note-text", "data-label": node.attrs.label }, 0],
  },
  verbatim: {
    content: "text*",
    marks: "",
    group: "block",
    code: true,
    defining: true,
    isolating: true,
    toDOM: () => ["div", { class: "verbatim" }, ["pre", { dir: "auto" }, ["code", 0]]],
  },
  text: { group: "inline" },
  image: {
    attrs: { src: {}, alt: { default: "" }, title: { default: null } },
    inline: true,
    group: "inline",
    draggable: true,
    toDOM: node => ["span", { class: "inline-shot", title: node.attrs.src }, `[${node.attrs.src}]`],
  },
  hard_break: { inline: true, group: "inline", selectable: false, parseDOM: [{ tag: "br" }], toDOM: () => ["br"] },
  // The end of a line within a paragraph: readers see a space, or nothing.
  soft_break: { inline: true, group: "inline", selectable: false, toDOM: () => ["span", { class: "soft-break" }, " "] },
  footnote_mark: {
    attrs: { label: {} },
    inline: true,
    group: "inline",
    parseDOM: [{ tag: "sup.note-mark", getAttrs: mark => ({ label: mark.textContent }) }],
    toDOM: node => ["sup", { class: "note-mark", title: `Note ${node.attrs.label}` }, node.attrs.label],
  },
  money: {
    attrs: { words: {} },
    inline: true,
    group: "inline",
    toDOM: node => ["span", { class: "money", title: "Money: readers see both currencies" }, `{fx ${node.attrs.words}}`],
  },
  ...tableNodes({ tableGroup: "block", cellContent: "inline*", cellAttributes: { align } }),
};

const marks = {
  link: {
    attrs: { href: {}, title: { default: null } },
    inclusive: false,
    parseDOM: [{ tag: "a[href]", getAttrs: a => ({ href: a.getAttribute("href"), title: a.getAttribute("title") }) }],
    toDOM: mark => ["a", { href: followable(mark.attrs.href), title: mark.attrs.title ?? mark.attrs.href }, 0],
  },
  em: {
    parseDOM: [{ tag: "i" }, { tag: "em" }],
    toDOM: () => ["em", 0],
  },
  strong: {
    parseDOM: [{ tag: "strong" }, { tag: "b" }],
    toDOM: () => ["strong", 0],
  },
  code: { code: true, parseDOM: [{ tag: "code" }], toDOM: () => ["code", { spellcheck: "false" }, 0] },
};

export const schema = new Schema({ nodes, marks });
