// The body as it prints; the field of Markdown stays for whoever prefers it, and where the surface does not come.

const remembered = "newsroom-markdown";

/**
 * Puts the surface over the field, once it has come.
 * @param text the toolbar, see editor-markdown.js.
 * @param writing is told the surface, and whether it is what is written on.
 * @param follow is told the words of the block where the cursor is.
 * @param note asks for notes to colleagues, see editor-notes.js; nothing where there are none.
 */
export async function writeOnSurface(form, body, text, writing, follow, note = null) {
  let surface;
  try {
    const { mount } = await import("./surface.js");
    const tools = note ? [...text.tools, ["Note", "Note to colleagues"]] : text.tools;
    surface = mount(form, body, {
      upload: text.drop.sendAll, tools, pick: text.choose, follow, note: note?.ask, openNote: note?.lead, taken: note?.mark,
    });
  } catch (error) {
    form.querySelector(".surface")?.remove();
    body.hidden = false;
    console.error("The writing surface does not start; the text is written as Markdown.", error);
    return;
  }
  writing.surface = surface;
  const button = text.tool("Markdown", "Markdown", () => show(writing.on, true));
  button.title = "Markdown (Ctrl Alt M)";
  const replace = text.tool("Replace", "Find and replace", () => surface.run("Find and replace"));
  replace.title = "Find and replace (Ctrl H)";
  show(localStorage.getItem(remembered) === "yes");
  note?.mark();

  function show(asMarkdown, focus = false) {
    writing.on = !asMarkdown;
    form.classList.toggle("editor--surface", writing.on);
    surface.show(writing.on);
    button.setAttribute("aria-pressed", String(asMarkdown));
    replace.hidden = asMarkdown;
    if (focus) {
      localStorage.setItem(remembered, asMarkdown ? "yes" : "no");
      if (asMarkdown) body.focus(); else surface.focus();
    }
  }
  form.querySelector("label[for=Manuscript_Body]").addEventListener("click", event => {
    if (writing.on) { event.preventDefault(); surface.focus(); }
  });
  form.querySelector(".body-field").addEventListener("keydown", event => {
    if ((event.ctrlKey || event.metaKey) && event.altKey && event.code === "KeyM") { event.preventDefault(); show(writing.on, true); }
  });
}
