// Quotes and dashes as one types, as the story's language has them. Ctrl Z, or Backspace, gives the plain sign back.
import { InputRule } from "../lib/prosemirror/prosemirror.js";

// Opening and closing, outer and inner.
const signs = {
  en: ["“", "”", "‘", "’"],
  fr: ["« ", " »", "‹ ", " ›"],
  de: ["„", "“", "‚", "‘"],
  es: ["«", "»", "“", "”"],
  pt: ["“", "”", "‘", "’"],
  it: ["«", "»", "“", "”"],
  nl: ["‘", "’", "“", "”"],
  pl: ["„", "”", "‚", "’"],
  ru: ["«", "»", "„", "“"],
  sv: ["”", "”", "’", "’"],
};

const of = language => signs[language.toLowerCase().split("-")[0]] ?? signs.en;
const opens = /(^|[\s([{<«‹“‘„—–-])$/u;

/** The sign in place of a plain one, by what stands before it. */
function sign(plain, before, language) {
  const [open, close, openInner, closeInner] = of(language);
  // Within a word it is an apostrophe.
  if (plain === "'" && /[\p{L}\p{N}]$/u.test(before)) return "’";
  const opening = opens.test(before);
  return plain === '"' ? (opening ? open : close) : opening ? openInner : closeInner;
}

/** @param language what the story is written in now. */
export function quotes(language) {
  const rule = plain =>
    new InputRule(new RegExp(`([\\s\\S]?)${plain}$`, "u"), (state, match, from, to) => {
      const { parent, parentOffset } = state.doc.resolve(from);
      const before = parent.textBetween(Math.max(0, parentOffset - 1), parentOffset, null, "￼") + match[1];
      return state.tr.insertText(match[1] + sign(plain, before, language()), from, to);
    });
  return [rule('"'), rule("'"), new InputRule(/(?<!-)--$/, "–"), new InputRule(/–-$/, "—"), new InputRule(/(?<!\.)\.\.\.$/, "…")];
}

/** The plain signs that came in: how many there are, and a change that sets them. Code and Markdown stay as they are. */
export function plainQuotes(state, language) {
  const found = [];
  state.doc.descendants((node, at) => {
    if (node.type.spec.code || node.type.name === "embed_address") return false;
    if (!node.inlineContent) return true;
    const text = node.textBetween(0, node.content.size, null, "￼");
    node.forEach((child, offset) => {
      if (!child.isText || child.marks.some(mark => mark.type.spec.code)) return;
      for (const { index } of child.text.matchAll(/["']/g)) {
        const before = text.slice(0, offset + index).replaceAll("￼", "");
        found.push({ at: at + 1 + offset + index, plain: child.text[index], before });
      }
    });
    return false;
  });
  return {
    count: found.length,
    set() {
      const { tr } = state;
      for (const { at, plain, before } of found.reverse()) tr.insertText(sign(plain, before, language), at, at + 1);
      return tr;
    },
  };
}
