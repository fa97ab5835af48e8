// Puts words into a field where the cursor is.

// Through the browser's own editing, so that undo knows of it. Alone: in a paragraph of its own, behind the line where the cursor is.
export function put(body, text, alone = false) {
  body.focus();
  if (alone) {
    const { value, selectionStart: from, selectionEnd: to } = body;
    if (from === to && from > 0 && value[from - 1] !== "\n") {
      const end = value.indexOf("\n", from);
      body.setSelectionRange(end < 0 ? value.length : end, end < 0 ? value.length : end);
    }
    const before = value.slice(0, body.selectionStart), after = value.slice(body.selectionEnd);
    text = gap(/\n*$/.exec(before)[0].length, before) + text + gap(/^\n*/.exec(after)[0].length, after);
  }
  if (!document.execCommand(text === "" ? "delete" : "insertText", false, text)) {
    body.setRangeText(text, body.selectionStart, body.selectionEnd, "end");
    body.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

const gap = (there, beside) => beside.trim() === "" ? "" : "\n".repeat(Math.max(0, 2 - there));
