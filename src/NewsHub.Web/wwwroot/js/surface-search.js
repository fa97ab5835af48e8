// Find and replace in the body.
import {
  findNext,
  findPrev,
  getMatchHighlights,
  getSearchState,
  replaceAll,
  replaceNext,
  SearchQuery,
  setSearchState,
} from "../lib/prosemirror/prosemirror.js";

/** @returns opens the panel, with the chosen words in it. */
export function searching(view) {
  const panel = Object.assign(document.createElement("div"), { className: "surface-search", hidden: true });
  panel.setAttribute("role", "search");
  panel.setAttribute("aria-label", "Find and replace");
  const field = name => {
    const input = Object.assign(document.createElement("input"), {
      type: "text",
      autocomplete: "off",
      spellcheck: false,
      dir: "auto",
      placeholder: name,
    });
    input.setAttribute("aria-label", name);
    return input;
  };
  const [find, replace] = [field("Find"), field("Replace with")];
  const said = Object.assign(document.createElement("output"), { className: "hint" });
  const button = (words, act) => {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "second", textContent: words });
    made.addEventListener("click", act);
    return made;
  };
  // A command of the library moves the selection, and shows where it went.
  const go = command => {
    if (!command(view.state, tr => view.dispatch(tr.scrollIntoView()))) return;
    count();
  };
  const count = () => {
    const found = getMatchHighlights(view.state).find();
    const at = found.findIndex(({ from, to }) => from === view.state.selection.from && to === view.state.selection.to);
    said.textContent =
      find.value === "" ? "" : found.length === 0 ? "Not found" : at < 0 ? `${found.length} found` : `${at + 1} of ${found.length}`;
  };
  const look = () => {
    const query = new SearchQuery({ search: find.value, replace: replace.value.replaceAll("$", "$$$$"), literal: true });
    if (!query.eq(getSearchState(view.state)?.query ?? new SearchQuery({ search: "" })))
      view.dispatch(setSearchState(view.state.tr, query));
    count();
  };
  const close = () => {
    panel.hidden = true;
    view.dispatch(setSearchState(view.state.tr, new SearchQuery({ search: "" })));
    view.focus();
  };

  for (const input of [find, replace])
    input.addEventListener("input", event => {
      event.stopPropagation();
      look();
    });
  panel.append(
    find,
    button("Previous", () => go(findPrev)),
    button("Next", () => go(findNext)),
    replace,
    button("Replace", () => {
      const chosen = getMatchHighlights(view.state).find(view.state.selection.from, view.state.selection.to).length > 0;
      go(chosen ? replaceNext : findNext);
    }),
    button("Replace all", () => {
      const n = getMatchHighlights(view.state).find().length;
      replaceAll(view.state, view.dispatch);
      count();
      if (n > 0) said.textContent = `${n} replaced`;
    }),
    said,
    button("Close", close),
  );
  panel.addEventListener("keydown", event => {
    if (event.key === "Escape") {
      event.preventDefault();
      close();
    }
    if (event.key !== "Enter" || event.target.matches("button")) return;
    event.preventDefault();
    go(event.target === replace ? replaceNext : event.shiftKey ? findPrev : findNext);
  });
  view.dom.parentElement.prepend(panel);

  return () => {
    const { from, to, empty } = view.state.selection;
    const words = empty ? "" : view.state.doc.textBetween(from, to, "\n");
    if (words !== "" && !words.includes("\n")) find.value = words;
    panel.hidden = false;
    find.select();
    find.focus();
    look();
  };
}
