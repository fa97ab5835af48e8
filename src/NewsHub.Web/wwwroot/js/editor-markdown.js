// House Markdown at one's fingertips: a toolbar, shortcuts, rich text that becomes Markdown, pictures that are dropped or pasted.
import { put } from "./editor-put.js";
import { takesPictures } from "./picture-drop.js";

// Sign, name, what it does, the key with Ctrl (or, after a hyphen, with Ctrl and Alt).
const tools = [
  ["B", "Bold", around("**"), "b"], ["I", "Italic", around("*"), "i"],
  ["H", "Crosshead", line("## "), "-2"], ["“ ”", "Quotation", line("> "), "-q"],
  ["❝", "Pull quote", block(":::pullquote\n", "What was said", "\n\n— Name\n:::"), "-p"], ["Box", "Box beside the text", block(":::aside\n## Title\n\n", "What stands in it", "\n:::")],
  ["•", "List", line("- "), "-l"], ["1.", "1. Numbered list", line("1. ")], ["Link", "Link", link, "k"],
  ["Table", "Table", block("| ", "Heading", " | Heading |\n| --- | ---: |\n| Line | 1 |")], ["Footnote", "Footnote", footnote], ["Embed", "Embed", embed],
];

/**
 * The toolbar: its tools act on the surface while that is shown, else on the field of Markdown.
 * @param surface what is written on now; null for the field.
 * @returns the tools, and the pictures that are let fall on the body.
 */
export function markdown(form, body, pictures, help, surface) {
  const bar = form.querySelector(".toolbar");
  const note = Object.assign(document.createElement("div"), { className: "hint upload-note" });
  note.setAttribute("role", "status");
  bar.after(note);
  const drop = takesPictures(form, body, note);
  const act = ([, name, onText]) => {
    const on = surface();
    if (on) { on.run(name); return; }
    body.focus();
    onText(body);
  };
  for (const one of tools) {
    const [sign, name, , key] = one;
    const button = tool(sign, name, () => act(one));
    if (key) button.title = `${name} (Ctrl ${key.length > 1 ? "Alt " : ""}${key.at(-1).toUpperCase()})`;
  }
  const choose = then => pictures.pick((name, _, lacking) => {
    then([name]);
    drop.tell(name, lacking ? `${name} still lacks alt text or credit.` : "", lacking);
  });
  const pick = () => { const on = surface(); if (on) on.run("Picture"); else choose(names => put(body, `![](${names[0]})`, true)); };
  tool("Picture", "Picture", pick).title = "Picture (Ctrl Alt G)";
  tool("?", "Shortcuts", help);
  bar.hidden = false;

  function tool(sign, name, click) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "tool", textContent: sign, title: name, tabIndex: bar.childElementCount === 0 ? 0 : -1 });
    // The name that is heard holds the words that are seen.
    if (!name.startsWith(sign) || sign.length === 1) button.setAttribute("aria-label", name);
    button.addEventListener("click", click);
    bar.append(button);
    return button;
  }

  // One stop for the tab key; arrows within.
  bar.addEventListener("keydown", event => {
    const buttons = [...bar.querySelectorAll("button")];
    const at = buttons.indexOf(event.target);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1 + buttons.length, Home: 0, End: buttons.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    const next = buttons[to % buttons.length];
    for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
    next.focus();
    event.preventDefault();
  });

  form.querySelector(".body-field").addEventListener("keydown", event => {
    if (!(event.ctrlKey || event.metaKey) || event.shiftKey || !event.target.closest("#Manuscript_Body, .surface-text")) return;
    const key = event.altKey ? `-${event.code.replace(/^(Key|Digit)/, "").toLowerCase()}` : event.key.toLowerCase();
    const known = tools.find(t => t[3] === key);
    if (!known && key !== "-g") return;
    event.preventDefault();
    if (known) act(known); else pick();
  });

  body.addEventListener("paste", async event => {
    if (drop.pasted(event)) return;
    const html = event.clipboardData.getData("text/html");
    if (!html || !/<(p|h\d|ul|ol|li|a|b|strong|i|em|blockquote|table)\b/i.test(html)) return;
    event.preventDefault();
    const plain = event.clipboardData.getData("text/plain");
    // Where the reading of rich text does not come, the words do.
    const text = await import("./surface-text.js").then(({ toMarkdown }) => toMarkdown(html), () => plain);
    // Paragraphs begin on a line of their own; a few words stay in theirs.
    put(body, text, text.includes("\n\n") || /^(#|-|>|1\.|\|)/.test(text));
  });

  return { tools: [...tools, ["▣", "Picture"]], drop, choose, tool };
}

// The same mark once more takes it away.
function around(mark) {
  return body => {
    const { value, selectionStart: from, selectionEnd: to } = body;
    const chosen = value.slice(from, to);
    const n = mark.length;
    const has = (text, at) => text.slice(at, at + n) === mark && (n > 1 || text[at - 1] !== "*" && text[at + 1] !== "*");
    if (chosen.length > 2 * n && has(chosen, 0) && chosen.endsWith(mark)) { put(body, chosen.slice(n, -n)); choose(body, from, to - 2 * n); return; }
    if (from >= n && has(value, from - n) && has(value, to)) {
      body.setSelectionRange(from - n, to + n);
      put(body, chosen);
      choose(body, from - n, to - n);
      return;
    }
    put(body, mark + chosen + mark);
    choose(body, from + n, to + n);
  };
}

const choose = (body, from, to) => body.setSelectionRange(from, to);

function line(mark) {
  return body => {
    const from = body.value.lastIndexOf("\n", body.selectionStart - 1) + 1;
    const end = body.value.indexOf("\n", body.selectionEnd);
    const to = end < 0 ? body.value.length : end;
    const lines = body.value.slice(from, to).split("\n");
    const marked = lines.every(l => l === "" || l.startsWith(mark)) && lines.some(l => l !== "");
    const numbered = mark === "1. ";
    const text = lines.map((l, i) => l === "" && lines.length > 1 ? l : marked ? l.slice(mark.length) : (numbered ? `${i + 1}. ` : mark) + l).join("\n");
    choose(body, from, to);
    put(body, text);
    if (lines.length > 1) choose(body, from, from + text.length);
  };
}

// Furniture in paragraphs of its own; what stands for the words to come is chosen, so that typing takes its place.
function block(before, example, after) {
  return body => {
    const words = body.value.slice(body.selectionStart, body.selectionEnd) || example;
    put(body, before + words + after, true);
    const at = body.value.lastIndexOf(before + words + after, body.selectionStart) + before.length;
    choose(body, at, at + words.length);
  };
}

// An address that was chosen becomes the embed's; other words become those to show. What is still to come is chosen, so that typing takes its place.
function embed(body) {
  const chosen = body.value.slice(body.selectionStart, body.selectionEnd).trim().replace(/\s+/g, " ");
  const isAddress = /^https:\/\/\S+$/.test(chosen);
  const [address, words] = isAddress ? [chosen, "Words to show"] : ["https://", chosen || "Words to show"];
  const text = `:::embed\n${address}\n${words}\n:::`;
  put(body, text, true);
  const at = body.value.lastIndexOf(text, body.selectionStart) + ":::embed\n".length;
  if (isAddress) choose(body, at + address.length + 1, at + address.length + 1 + words.length); else choose(body, at, at + address.length);
}

function link(body) {
  const { selectionStart: from, selectionEnd: to } = body;
  const chosen = body.value.slice(from, to);
  if (/^(https:\/\/|\/)\S+$/.test(chosen)) { put(body, `[](${chosen})`); choose(body, from + 1, from + 1); return; }
  put(body, `[${chosen}](https://)`);
  if (chosen === "") choose(body, from + 1, from + 1); else choose(body, from + chosen.length + 3, from + chosen.length + 11);
}

function footnote(body) {
  const next = 1 + Math.max(0, ...[...body.value.matchAll(/\[\^(\d+)\]/g)].map(m => Number(m[1])));
  choose(body, body.selectionEnd, body.selectionEnd);
  put(body, `[^${next}]`);
  choose(body, body.value.length, body.value.length);
  put(body, `\n\n[^${next}]: `);
  body.scrollTop = body.scrollHeight;
}
