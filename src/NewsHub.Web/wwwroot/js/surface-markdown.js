// Between house Markdown and the surface's document. A block that is not touched keeps its source byte for byte: a text is cut into slices,
// a slice for each block; when it is written, blocks are paired with those that were read, and only the others are written anew.
import { MarkdownIt, MarkdownParser, MarkdownSerializer } from "../lib/prosemirror/prosemirror.js";
import { schema } from "./surface-schema.js";

const md = new MarkdownIt("commonmark", { html: true }).enable("table");
// Addresses stay as they were written; what readers get of them is the server's affair.
md.normalizeLink = md.normalizeLinkText = address => address;
md.validateLink = () => true;

const lineOf = (state, line) => state.src.slice(state.bMarks[line] + state.tShift[line], state.eMarks[line]);

// Within a block the text is read by itself; its tokens stand between two of ours.
function wrap(state, name, info, text, from, to) {
  const inner = [];
  state.md.block.parse(text, state.md, state.env, inner);
  const open = state.push(`${name}_open`, "", 1);
  open.info = info;
  open.map = [from, to];
  for (const token of inner) {
    token.level += state.level;
    state.tokens.push(token);
  }
  state.push(`${name}_close`, "", -1);
}

md.block.ruler.before(
  "fence",
  "furniture",
  (state, from, end, silent) => {
    const opening = /^(:{3,})\s*([\w-]+)\s*$/.exec(lineOf(state, from));
    if (!opening || state.sCount[from] - state.blkIndent >= 4) return false;
    if (silent) return true;
    let to = from + 1;
    for (let open = 1; to < end; to++) {
      const line = lineOf(state, to).trim();
      if (/^:{3,}$/.test(line) && line.length >= opening[1].length) {
        if (--open === 0) break;
      } else if (/^:{3,}\s*[\w-]+$/.test(line)) open++;
    }
    const text = state.getLines(from + 1, to, state.blkIndent, false);
    const token = state.push("furniture", "", 0);
    Object.assign(token, { info: opening[2], content: text, map: [from, Math.min(to + 1, end)], closed: to < end });
    state.line = Math.min(to + 1, end);
    return true;
  },
  { alt: ["paragraph", "reference", "blockquote", "list"] },
);

md.block.ruler.before(
  "reference",
  "footnote",
  (state, from, end, silent) => {
    const opening = /^\[\^([^\]\s]+)\]:[ \t]*(.*)$/.exec(lineOf(state, from));
    if (!opening || state.sCount[from] - state.blkIndent >= 4) return false;
    if (silent) return true;
    let to = from + 1;
    for (; to < end; to++) {
      if (state.isEmpty(to)) {
        let next = to;
        while (next < end && state.isEmpty(next)) next++;
        if (next >= end || state.sCount[next] - state.blkIndent < 4) break;
      } else if (/^\[\^[^\]\s]+\]:/.test(lineOf(state, to))) break;
    }
    const rest = state.getLines(from + 1, to, state.blkIndent + 4, false);
    wrap(state, "footnote", opening[1], rest ? `${opening[2]}\n${rest}` : opening[2], from, to);
    state.line = to;
    return true;
  },
  { alt: ["paragraph"] },
);

md.inline.ruler.before("link", "footnote_mark", (state, silent) => {
  const mark = /^\[\^([^\]\s]+)\]/.exec(state.src.slice(state.pos));
  if (!mark) return false;
  if (!silent) state.push("footnote_mark", "", 0).info = mark[1];
  state.pos += mark[0].length;
  return true;
});

md.inline.ruler.before("link", "money", (state, silent) => {
  if (!state.src.startsWith("{fx ", state.pos)) return false;
  const money = /^\{fx ([^{}\n]+)\}/.exec(state.src.slice(state.pos));
  if (!money) return false;
  if (!silent) state.push("money", "", 0).info = money[1];
  state.pos += money[0].length;
  return true;
});
// The text of a paragraph is cut where a rule may begin.
const cut = md.inline.ruler.__rules__.find(rule => rule.name === "text").fn;
md.inline.ruler.at("text", (state, silent) => {
  const next = state.src.indexOf("{fx ", state.pos);
  if (next < 0) return cut(state, silent);
  if (next === state.pos) return false;
  const max = state.posMax;
  state.posMax = Math.min(max, next);
  const found = cut(state, silent);
  state.posMax = max;
  return found;
});

const tight = (tokens, at) => {
  while (++at < tokens.length) if (tokens[at].type !== "list_item_open") return tokens[at].hidden;
  return false;
};
const cell = token => ({ align: /text-align:(\w+)/.exec(token.attrGet("style") ?? "")?.[1] ?? null });

const reader = tokens =>
  new MarkdownParser(
    schema,
    { parse: () => tokens },
    {
      paragraph: { block: "paragraph" },
      heading: { block: "heading", getAttrs: token => ({ level: Number(token.tag[1]) }) },
      blockquote: { block: "blockquote" },
      bullet_list: { block: "bullet_list", getAttrs: (token, all, at) => ({ bullet: token.markup, tight: tight(all, at) }) },
      ordered_list: {
        block: "ordered_list",
        getAttrs: (token, all, at) => ({ order: Number(token.attrGet("start") ?? 1), delimiter: token.markup, tight: tight(all, at) }),
      },
      list_item: { block: "list_item" },
      fence: { block: "code_block", getAttrs: token => ({ info: token.info }), noCloseToken: true },
      code_block: { block: "code_block", noCloseToken: true },
      hr: { node: "rule" },
      aside: { block: "aside" },
      pullquote: { block: "pullquote" },
      attribution: { block: "attribution", noCloseToken: true },
      embed: { block: "embed" },
      embed_address: { block: "embed_address", noCloseToken: true },
      embed_words: { block: "embed_words", noCloseToken: true },
      footnote: { block: "footnote", getAttrs: token => ({ label: token.info }) },
      table: { block: "table" },
      thead: { ignore: true },
      tbody: { ignore: true },
      tr: { block: "table_row" },
      th: { block: "table_header", getAttrs: cell },
      td: { block: "table_cell", getAttrs: cell },
      figure: { node: "figure", getAttrs: token => picture(token) },
      image: { node: "image", getAttrs: token => picture(token) },
      hardbreak: { node: "hard_break" },
      softbreak: { node: "soft_break" },
      footnote_mark: { node: "footnote_mark", getAttrs: token => ({ label: token.info }) },
      money: { node: "money", getAttrs: token => ({ words: token.info }) },
      em: { mark: "em" },
      strong: { mark: "strong" },
      link: { mark: "link", getAttrs: token => ({ href: token.attrGet("href"), title: token.attrGet("title") }) },
      code_inline: { mark: "code", noCloseToken: true },
    },
  ).parse("");

const picture = token => ({ src: token.attrGet("src"), alt: token.content, title: token.attrGet("title") });

// Tokens as the document's blocks want them: furniture by its kind, a picture alone in its paragraph as a figure.
function shape(tokens, env) {
  const shaped = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    const children = token.type === "paragraph_open" ? tokens[i + 1].children : null;
    if (token.type === "furniture") shaped.push(...furniture(token, env));
    else if (children?.length === 1 && children[0].type === "image" && !token.hidden) {
      shaped.push(Object.assign(new token.constructor("figure", "", 0), { attrs: children[0].attrs, content: children[0].content }));
      i += 2;
    } else shaped.push(token);
  }
  return shaped;
}

function furniture(token, env) {
  const Token = token.constructor;
  const block = (type, content) => Object.assign(new Token(type, "", 0), { content });
  const around = (name, inner) => [new Token(`${name}_open`, "", 1), ...inner, new Token(`${name}_close`, "", -1)];
  const read = text => shape(md.parse(text, env), env);
  if (!token.closed) throw new Error("A block that is not closed");
  if (token.info === "aside") return around("aside", read(token.content));
  if (token.info === "pullquote") {
    const lines = token.content.split("\n");
    const said = lines.at(-1).startsWith("— ") ? lines.pop().slice(2) : "";
    while (lines.length > 0 && lines.at(-1).trim() === "") lines.pop();
    return around("pullquote", [...read(lines.join("\n")), block("attribution", said)]);
  }
  if (token.info === "embed") {
    const [address, ...words] = token.content.split("\n").filter(line => line.trim() !== "");
    return around("embed", [block("embed_address", address ?? ""), block("embed_words", words.join(" "))]);
  }
  throw new Error("Furniture that the surface has no form for");
}

/** Cuts a text into its blocks. @returns what stands before the first, and for each its lines and tokens. */
function slices(source) {
  const env = {};
  const lines = source.split("\n");
  const tokens = md.parse(source, env);
  const found = [];
  for (let i = 0; i < tokens.length; i++) {
    const from = i;
    for (let depth = tokens[i].nesting; depth > 0;) depth += tokens[++i].nesting;
    const [start, end] = tokens[from].map;
    found.push({ start, end, tokens: tokens.slice(from, i + 1) });
  }
  const all = [];
  let at = 0;
  const between = to => {
    // Lines that are no block's: addresses that links refer to.
    while (at < to) {
      if (lines[at].trim() === "") {
        at++;
        continue;
      }
      const start = at;
      while (at < to && lines[at].trim() !== "") at++;
      all.push({ start, end: at, tokens: null });
    }
  };
  for (const slice of found) {
    between(slice.start);
    at = Math.max(at, slice.end);
    while (at > slice.start + 1 && lines[at - 1].trim() === "") at--;
    all.push({ ...slice, end: at });
  }
  between(lines.length);
  return { lines, env, all };
}

const join = (lines, from, to) => lines.slice(from, to).join("\n");

/**
 * Reads a text. What is returned knows how to write it again.
 * @returns the document, and each block with its source and with what stands behind it.
 */
export function read(source) {
  const { lines, env, all } = slices(source);
  const blocks = all.map(({ start, end, tokens }, i) => {
    const text = join(lines, start, end);
    const next = all[i + 1]?.start ?? lines.length;
    const after =
      i + 1 < all.length
        ? `\n${join(lines, end, next)}${next > end ? "\n" : ""}`
        : lines.length > end
          ? `\n${join(lines, end, lines.length)}`
          : "";
    return { node: nodeOf(text, tokens, env), text, after };
  });
  const head = all.length === 0 ? source : all[0].start > 0 ? `${join(lines, 0, all[0].start)}\n` : "";
  const nodes = blocks.map(block => block.node);
  return { doc: schema.node("doc", null, nodes.length > 0 ? nodes : [schema.node("paragraph")]), blocks, head, env };
}

function nodeOf(text, tokens, env) {
  if (tokens) {
    try {
      const made = reader(shape(tokens, env));
      // A block of which nothing would be seen, such as a link without words, is shown as it was written.
      if (
        made.childCount === 1 &&
        !isEmpty(made.firstChild) &&
        !foreign(made, text) &&
        same(write(made.firstChild, env), made.firstChild, env)
      )
        return made.firstChild;
    } catch {
      /* it stays as it was written */
    }
  }
  return schema.node("verbatim", null, text === "" ? [] : [schema.text(text)]);
}

// Between letters of Chinese, Japanese and Korean the paper reads emphasis where CommonMark sees none: such a text is left alone.
function foreign(node, text) {
  return /[⺀-鿿가-힣豈-﫿＀-￯]/u.test(text) && /(?<!\\)[*_]/.test(node.textContent);
}

function same(text, node, env) {
  try {
    const again = reader(shape(md.parse(text, { ...env }), env));
    return again.childCount === 1 && again.firstChild.eq(node);
  } catch {
    return false;
  }
}

const isEmpty = node => node.type.name === "paragraph" && node.childCount === 0;

const keys = new WeakMap();
function key(node) {
  if (!keys.has(node)) keys.set(node, JSON.stringify(node.toJSON()));
  return keys.get(node);
}

/** Writes a document that began as `opened`: only the blocks that are not as they were read. */
export function save(doc, opened) {
  return pieces(doc, opened)
    .map(({ text, after }) => text + after)
    .join("");
}

/** @returns the index of the document's block that stands at a line, the first being 1. */
export function place(doc, opened, line) {
  let at = 1,
    index = 0;
  for (const piece of pieces(doc, opened)) {
    if (piece.index !== null && at <= line) ({ index } = piece);
    at += (piece.text + piece.after).split("\n").length - 1;
  }
  return index;
}

/** @returns each block that is written: its node, its place in the document, its Markdown and where that begins in the whole. */
export function sources(doc, opened) {
  const places = [];
  doc.forEach((node, offset) => places.push({ node, at: offset }));
  const found = [];
  let from = 0;
  for (const { index, text, after } of pieces(doc, opened)) {
    if (index !== null) found.push({ ...places[index], source: text, from });
    from += text.length + after.length;
  }
  return found;
}

function pieces(doc, opened) {
  const now = [],
    indices = [];
  doc.forEach((node, _, index) => {
    if (!isEmpty(node)) {
      now.push(node);
      indices.push(index);
    }
  });
  if (now.length === 0) return [{ index: null, text: opened.blocks.length === 0 ? opened.head : "", after: "" }];
  const pairs = pair(
    opened.blocks.map(block => key(block.node)),
    now.map(key),
  );
  const head = pairs[0] === 0 || opened.blocks.length === 0 ? opened.head : "";
  return [
    { index: null, text: head, after: "" },
    ...now.map((node, i) => {
      const known = pairs[i] === undefined ? null : opened.blocks[pairs[i]];
      const isLast = i + 1 === now.length;
      const follows = known && (isLast ? pairs[i] + 1 === opened.blocks.length : pairs[i + 1] === pairs[i] + 1);
      return {
        index: indices[i],
        text: known ? known.text : write(node, opened.env, now[i - 1]),
        after: follows ? known.after : isLast ? (opened.blocks.at(-1)?.after ?? "") : "\n\n",
      };
    }),
  ];
}

/** For each block of now, which of those before it is: in their order first, then those that were moved. */
function pair(before, now) {
  const pairs = new Array(now.length);
  let from = 0,
    end = before.length,
    to = now.length;
  while (from < end && from < to && before[from] === now[from]) pairs[from] = from++;
  while (end > from && to > from && before[end - 1] === now[to - 1]) pairs[--to] = --end;
  if ((end - from) * (to - from) <= 250_000) {
    const width = to - from + 1;
    const longest = new Uint16Array((end - from + 1) * width);
    for (let i = end - from - 1; i >= 0; i--)
      for (let j = to - from - 1; j >= 0; j--)
        longest[i * width + j] =
          before[from + i] === now[from + j]
            ? longest[(i + 1) * width + j + 1] + 1
            : Math.max(longest[(i + 1) * width + j], longest[i * width + j + 1]);
    for (let i = 0, j = 0; i < end - from && j < to - from;) {
      if (before[from + i] === now[from + j]) pairs[from + j++] = from + i++;
      else if (longest[(i + 1) * width + j] >= longest[i * width + j + 1]) i++;
      else j++;
    }
  }
  const taken = new Set(pairs.filter(at => at !== undefined));
  for (let j = from; j < to; j++) {
    if (pairs[j] !== undefined) continue;
    const at = before.findIndex((block, i) => block === now[j] && !taken.has(i));
    if (at >= 0) {
      pairs[j] = at;
      taken.add(at);
    }
  }
  return pairs;
}

/** One block as Markdown: with as few backslashes as will do. */
export function write(node, env = {}, previous = null) {
  // Two lists one behind the other are two by their signs alone.
  const other =
    previous?.type === node.type &&
    {
      bullet_list: { bullet: node.attrs.bullet === "-" ? "*" : "-" },
      ordered_list: { delimiter: node.attrs.delimiter === "." ? ")" : "." },
    }[node.type.name];
  if (other && Object.entries(other).every(([name]) => previous.attrs[name] === node.attrs[name]))
    node = node.type.create({ ...node.attrs, ...other }, node.content);
  const text = lean.serialize(schema.node("doc", null, [node]));
  return same(text, node, env) ? text : full.serialize(schema.node("doc", null, [node]));
}

const lightly = (text, starts) => {
  const within = text
    .replace(/\\(?=[!-/:-@[-`{-~]|$)/g, "\\\\")
    .replace(/`/g, "\\`")
    .replace(/(?<![\s*])\*|\*(?![\s*])/g, "\\*")
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_")
    .replace(/<(?=[a-z/!?])/gi, "\\<")
    .replace(/&(?=#?\w+;)/g, "\\&")
    .replace(/\[(?=\^)|\](?=[([])/g, "\\$&")
    .replace(/\{(?=fx )/g, "\\{");
  return starts
    ? within.replace(/^(#{1,6}(?=\s|$)|>|[-+](?=\s|$)|:::|~~~|=+\s*$|-{2,}\s*$)/, "\\$1").replace(/^(\d{1,9})([.)])(?=\s|$)/, "$1\\$2")
    : within;
};
const fully = (text, starts) => {
  const within = text.replace(/[\\`*_[\]<>&{}~]/g, "\\$&");
  return starts ? within.replace(/^[#+\-=:|]/, "\\$&").replace(/^(\d{1,9})([.)])/, "$1\\$2") : within;
};

const escapeTitle = title => title.replace(/[\\"]/g, "\\$&");
const target = ({ href, src, title }) => {
  const address = href ?? src;
  const plain = /^[^\s<>()\\]+$/.test(address) ? address : `<${address.replace(/[\\<>]/g, "\\$&")}>`;
  return title === null ? plain : `${plain} "${escapeTitle(title)}"`;
};
const shown = node => `![${node.attrs.alt.replace(/[\\[\]`*_<&]/g, "\\$&")}](${target(node.attrs)})`;

const writer = escape => {
  const fenced = (state, name, inner) => {
    state.write(`:::${name}\n`);
    inner();
    state.flushClose(1);
    state.ensureNewLine();
    state.write(":::");
    state.closeBlock(state.block);
  };
  // What a block holds, by itself: its lines are set in by whoever asks.
  const apart = (state, inner) => {
    const was = state.out,
      { closed, delim } = state;
    state.out = "";
    state.closed = null;
    state.delim = "";
    inner();
    const text = state.out;
    Object.assign(state, { out: was, closed, delim });
    return text;
  };
  const lines = (state, text) => state.text(text, false);
  return new MarkdownSerializer(
    {
      paragraph(state, node) {
        state.renderInline(node);
        state.closeBlock(node);
      },
      heading(state, node) {
        state.write(`${"#".repeat(node.attrs.level)} `);
        state.renderInline(node, false);
        state.closeBlock(node);
      },
      blockquote(state, node) {
        state.wrapBlock("> ", null, node, () => state.renderContent(node));
      },
      bullet_list(state, node) {
        state.renderList(node, "  ", () => `${node.attrs.bullet} `);
      },
      ordered_list(state, node) {
        const width = String(node.attrs.order + node.childCount - 1).length;
        state.renderList(node, " ".repeat(width + 2), i => {
          const number = String(node.attrs.order + i);
          return `${number}${node.attrs.delimiter}${" ".repeat(width - number.length + 1)}`;
        });
      },
      list_item(state, node) {
        state.renderContent(node);
      },
      code_block(state, node) {
        const fence = "`".repeat(Math.max(3, ...[...node.textContent.matchAll(/`+/g)].map(run => run[0].length + 1)));
        state.write(`${fence}${node.attrs.info}\n`);
        lines(state, node.textContent);
        state.ensureNewLine();
        state.write(fence);
        state.closeBlock(node);
      },
      rule(state, node) {
        state.write("---");
        state.closeBlock(node);
      },
      figure(state, node) {
        state.write(shown(node));
        state.closeBlock(node);
      },
      verbatim(state, node) {
        lines(state, node.textContent);
        state.closeBlock(node);
      },
      aside(state, node) {
        const text = apart(state, () => state.renderContent(node));
        lines(state, `:::aside\n${text}\n:::`);
        state.closeBlock(node);
      },
      pullquote(state, node) {
        const text = apart(state, () =>
          node.forEach((child, _, i) => {
            if (i + 1 < node.childCount) state.render(child, node, i);
          }),
        );
        const said = node.lastChild.textContent;
        lines(state, `:::pullquote\n${text}${said === "" ? "" : `\n— ${said}`}\n:::`);
        state.closeBlock(node);
      },
      attribution() {
        /* written by its pull quote */
      },
      embed(state, node) {
        const [address, words] = [node.child(0).textContent, node.child(1).textContent];
        lines(state, `:::embed\n${address}${words === "" ? "" : `\n${words}`}\n:::`);
        state.closeBlock(node);
      },
      footnote(state, node) {
        const text = apart(state, () => state.renderContent(node));
        lines(state, `[^${node.attrs.label}]: ${text.replace(/\n(?=[^\n])/g, "\n    ")}`);
        state.closeBlock(node);
      },
      table(state, node) {
        const rows = node.content.content.map(row =>
          row.content.content.map(one =>
            apart(state, () => state.renderInline(one, false))
              .replace(/\n/g, " ")
              .replace(/(?<!\\)\|/g, "\\|"),
          ),
        );
        const rules = node.firstChild.content.content.map(
          ({ attrs }) => ({ left: ":---", center: ":---:", right: "---:" })[attrs.align] ?? "---",
        );
        const [first, ...others] = rows;
        lines(state, [first, rules, ...others].map(row => `| ${row.join(" | ")} |`.replace(/(?<=\|) +(?= \|)/g, "")).join("\n"));
        state.closeBlock(node);
      },
      image(state, node) {
        state.write(shown(node));
      },
      hard_break(state, node, parent, index) {
        for (let i = index + 1; i < parent.childCount; i++)
          if (parent.child(i).type !== node.type) {
            state.write("\\\n");
            return;
          }
      },
      soft_break(state) {
        state.write("\n");
      },
      footnote_mark(state, node) {
        state.write(`[^${node.attrs.label}]`);
      },
      money(state, node) {
        state.write(`{fx ${node.attrs.words}}`);
      },
      text(state, node) {
        const starts = state.atBlockStart || state.out === "" || state.out.endsWith("\n");
        state.text(state.inAutolink ? node.text : escape(node.text, starts), false);
      },
    },
    {
      em: { open: "*", close: "*", mixable: true, expelEnclosingWhitespace: true },
      strong: { open: "**", close: "**", mixable: true, expelEnclosingWhitespace: true },
      link: {
        open(state, mark, parent, index) {
          state.inAutolink = isAddress(mark, parent, index);
          return state.inAutolink ? "<" : "[";
        },
        close(state, mark) {
          const { inAutolink } = state;
          state.inAutolink = undefined;
          return inAutolink ? ">" : `](${target(mark.attrs)})`;
        },
        mixable: true,
      },
      code: {
        open: (_, mark, parent, index) => ticks(parent.child(index), -1),
        close: (_, mark, parent, index) => ticks(parent.child(index - 1), 1),
        escape: false,
      },
    },
    { hardBreakNodeName: "hard_break" },
  );
};

const isAddress = ({ attrs }, parent, index) =>
  attrs.title === null &&
  /^https?:[^\s<>]+$/.test(attrs.href) &&
  parent.child(index).text === attrs.href &&
  (index + 1 === parent.childCount ||
    !parent.child(index + 1).marks.some(mark => mark.type.name === "link" && mark.attrs.href === attrs.href));

function ticks(node, side) {
  const runs = [...node.text.matchAll(/`+/g)].map(run => run[0].length);
  const fence = "`".repeat(Math.max(0, ...runs) + 1);
  const pad = runs.length > 0 ? " " : "";
  return side < 0 ? fence + pad : pad + fence;
}

const lean = writer(lightly),
  full = writer(fully);
