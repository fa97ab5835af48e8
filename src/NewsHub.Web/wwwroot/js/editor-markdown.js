// House Markdown at one's fingertips: a toolbar, shortcuts, rich text that becomes Markdown, pictures that are dropped or pasted.
import Turndown from "../lib/turndown/turndown-7.2.5.js";

const tools = [
  ["B", "Bold", "**", "**", "b"], ["I", "Italic", "*", "*", "i"],
  ["H", "Crosshead", line("## ")], ["“”", "Quotation", line("> ")],
  ["❝", "Pull quote", block(":::pullquote\n", "\n\n— Name\n:::")], ["▭", "Box beside the text", block(":::aside\n## Title\n\n", "\n:::")],
  ["•", "List", line("- ")], ["1.", "Numbered list, 1. 2. 3.", line("1. ")], ["⌁", "Link", link, null, "k"],
  ["▦", "Table", block("| Heading | Heading |\n| --- | ---: |\n| ", " | 1 |")], ["¹", "Footnote", footnote], ["▶", "Embed", block(":::embed\nhttps://\n\n", "\n:::")],
];

export function markdown(form, body) {
  const bar = form.querySelector(".toolbar");
  for (const [sign, name, act, after, key] of tools) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "tool", textContent: sign, title: key ? `${name} (Ctrl ${key.toUpperCase()})` : name });
    button.setAttribute("aria-label", name);
    button.tabIndex = bar.childElementCount === 0 ? 0 : -1;
    button.addEventListener("click", () => { body.focus(); run(act, after); });
    bar.append(button);
  }
  const picker = Object.assign(document.createElement("input"), { type: "file", accept: "image/*", multiple: true, hidden: true });
  const picture = Object.assign(document.createElement("button"), { type: "button", className: "tool tool--wide", textContent: "Picture", tabIndex: -1 });
  picture.addEventListener("click", () => picker.click());
  picker.addEventListener("change", () => { upload([...picker.files]); picker.value = ""; });
  bar.append(picture, picker);
  bar.hidden = false;
  // One stop for the tab key; arrows within.
  bar.addEventListener("keydown", event => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const buttons = [...bar.querySelectorAll("button")];
    const next = buttons[(buttons.indexOf(event.target) + step + buttons.length) % buttons.length];
    for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
    next.focus();
    event.preventDefault();
  });

  const run = (act, after) => typeof act === "function" ? act(body) : around(body, act, after);
  body.addEventListener("keydown", event => {
    if (!(event.ctrlKey || event.metaKey)) return;
    const key = event.key.toLowerCase();
    const tool = event.altKey ? { 2: tools[2], q: tools[3] }[key] : tools.find(t => t[4] === key);
    if (!tool) return;
    event.preventDefault();
    run(tool[2], tool[3]);
  });

  const turndown = new Turndown({ headingStyle: "atx", bulletListMarker: "-", emDelimiter: "*", hr: "---" });
  turndown.remove(["script", "style", "meta", "title"]);
  // The headline is not part of the body: the first crosshead is a second-level one.
  turndown.addRule("crossheads", { filter: ["h1", "h2", "h3", "h4", "h5", "h6"], replacement: (text, node) => `\n\n${Number(node.nodeName[1]) > 2 ? "###" : "##"} ${text}\n\n` });
  turndown.addRule("pictures", { filter: "img", replacement: () => "" });

  body.addEventListener("paste", event => {
    const files = [...event.clipboardData.files].filter(file => file.type.startsWith("image/"));
    const html = event.clipboardData.getData("text/html");
    if (files.length > 0 && !html) { event.preventDefault(); upload(files); return; }
    if (!html || !/<(p|h\d|ul|ol|li|a|b|strong|i|em|blockquote)\b/i.test(html)) return;
    event.preventDefault();
    const text = turndown.turndown(html);
    // Paragraphs begin on a line of their own; a few words stay in theirs.
    const within = body.selectionStart > 0 && body.value[body.selectionStart - 1] !== "\n";
    put(body, text.includes("\n") && within ? `\n\n${text}` : text);
  });
  body.addEventListener("dragover", event => { if (event.dataTransfer.types.includes("Files")) event.preventDefault(); });
  body.addEventListener("drop", event => {
    const files = [...event.dataTransfer.files].filter(file => file.type.startsWith("image/"));
    if (files.length === 0) return;
    event.preventDefault();
    upload(files);
  });

  async function upload(files) {
    const saved = form.querySelector(".saved");
    for (const file of files) {
      saved.textContent = `Sending ${file.name}…`;
      const data = new FormData();
      data.set("file", file);
      try {
        const answer = await fetch("/admin/media/upload", { method: "POST", body: data, headers: { "X-Requested-With": "fetch", Accept: "application/json", RequestVerificationToken: form.querySelector("[name=__RequestVerificationToken]").value } });
        const said = await answer.json();
        if (!answer.ok) throw new Error(said.detail ?? said.title);
        put(body, `\n\n![](${said.file})\n\n`);
        saved.textContent = said.ready ? `${said.file} is in the text. ` : `${said.file} is in the text; it still needs alt text and credit: `;
        if (!said.ready) saved.append(Object.assign(document.createElement("a"), { href: said.editAddress, target: "_blank", textContent: "describe it" }));
      } catch (error) {
        saved.textContent = error.message || `${file.name} could not be sent.`;
      }
    }
  }
}

// Through the browser's own editing, so that undo knows of it.
function put(body, text) {
  body.focus();
  if (!document.execCommand("insertText", false, text)) {
    body.setRangeText(text, body.selectionStart, body.selectionEnd, "end");
    body.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function around(body, before, after) {
  const { selectionStart: from, selectionEnd: to } = body;
  const chosen = body.value.slice(from, to);
  put(body, before + chosen + after);
  if (chosen === "") body.setSelectionRange(from + before.length, from + before.length);
}

function line(mark) {
  return body => {
    const from = body.value.lastIndexOf("\n", body.selectionStart - 1) + 1;
    const text = body.value.slice(from, body.selectionEnd);
    body.setSelectionRange(from, body.selectionEnd);
    put(body, text.split("\n").map(l => mark + l).join("\n"));
  };
}

function block(before, after) {
  return body => {
    const chosen = body.value.slice(body.selectionStart, body.selectionEnd);
    put(body, `\n\n${before}${chosen}${after}\n\n`);
  };
}

function link(body) {
  const chosen = body.value.slice(body.selectionStart, body.selectionEnd);
  put(body, `[${chosen}](https://)`);
  body.setSelectionRange(body.selectionStart - 1, body.selectionStart - 1);
}

function footnote(body) {
  const next = 1 + Math.max(0, ...[...body.value.matchAll(/\[\^(\d+)\]/g)].map(m => Number(m[1])));
  put(body, `[^${next}]`);
  body.setSelectionRange(body.value.length, body.value.length);
  put(body, `\n\n[^${next}]: `);
}
