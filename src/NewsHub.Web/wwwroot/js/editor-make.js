// A section or an author that is missing is made beside the story: its own room makes it, and it is chosen here. Without this a field or a
// link does it.

const things = {
  section: {
    title: "New section", most: 80, post: "/admin/sections?handler=Make", field: "Name",
    hint: "It is added to the paper now. Its address comes from its name and is permanent.",
  },
  author: {
    title: "New author", most: 120, post: "/admin/authors?handler=Make", field: "Typed.Name",
    hint: "The author’s page is added now. Its title and biography can be written later, on the Authors page.",
  },
};

export function making(form, kept) {
  const dialog = document.querySelector(".make-dialog");
  const own = dialog.querySelector("form");
  const [heading, name, wrong, hint] = ["h2", "#make-name", ".wrong", ".hint"].map(part => dialog.querySelector(part));
  const [create, cancel] = dialog.querySelectorAll("button");
  const section = form.querySelector("[name='Manuscript.Section']");
  let thing, then;

  const author = form.querySelector("[data-make=author]");
  author?.addEventListener("click", event => {
    event.preventDefault();
    ask("author", made => form.querySelector(".bylines").dispatchEvent(new CustomEvent("author", { detail: made })));
  });
  const field = form.querySelector(".new-section");
  if (field?.open) makeFirst(field); else if (field) offerMore(field);

  function choose(made) {
    if (![...section.options].some(option => option.value === made.slug)) section.add(new Option(made.name, made.slug));
    section.value = made.slug;
    section.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function offerMore(place) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "quiet", textContent: "New section…" });
    button.addEventListener("click", () => ask("section", made => { choose(made); section.focus(); }));
    place.replaceWith(button);
  }

  // The paper has no section yet: its first is made as soon as it is named, so that the story may be published from here at once.
  function makeFirst(place) {
    const input = place.querySelector("input");
    const problem = Object.assign(document.createElement("span"), { className: "wrong", id: "new-section-wrong" });
    problem.setAttribute("role", "alert");
    input.after(problem);
    const make = async () => {
      const typed = input.value;
      if (typed.trim() === "") return true;
      // A save that comes now makes no second one.
      input.value = "";
      const { made, sentence } = await post("section", typed);
      problem.textContent = sentence ?? "";
      if (made) {
        const here = place.contains(document.activeElement);
        choose(made);
        offerMore(place);
        if (here) section.focus();
      } else input.value = typed;
      return Boolean(made);
    };
    input.addEventListener("change", () => kept.first(make()));
    input.addEventListener("keydown", event => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      kept.first(make());
    });
  }

  function ask(kind, chosen) {
    [thing, then] = [kind, chosen];
    heading.textContent = things[kind].title;
    hint.textContent = things[kind].hint;
    [name.value, name.maxLength] = ["", things[kind].most];
    say("");
    dialog.showModal();
    name.focus();
  }

  function say(sentence) {
    wrong.textContent = sentence;
    if (sentence) name.setAttribute("aria-invalid", "true"); else name.removeAttribute("aria-invalid");
  }

  cancel.addEventListener("click", () => dialog.close());
  own.addEventListener("submit", async event => {
    event.preventDefault();
    create.disabled = true;
    const { made, sentence } = await post(thing, name.value);
    if (made) {
      dialog.close();
      then(made);
    } else say(sentence);
    create.disabled = false;
    if (dialog.open) name.focus();
  });

  /** @returns what was made, or a sentence that says why it was not. */
  async function post(kind, typed) {
    const { post: address, field: named } = things[kind];
    const fields = { [named]: typed, __RequestVerificationToken: form.querySelector("[name=__RequestVerificationToken]").value };
    try {
      const answer = await fetch(address, {
        method: "POST", body: new URLSearchParams(fields), headers: { "X-Requested-With": "fetch" }, redirect: "manual",
        // An act waits for it.
        signal: AbortSignal.timeout(20000),
      });
      if (answer.ok) return { made: await answer.json() };
      if (answer.status === 401) return { sentence: "Your session has ended. Sign in in another tab, then try again." };
      return { sentence: (await answer.json().catch(() => null))?.title ?? "It could not be created. Your story is as it was." };
    } catch { return { sentence: "No connection. Your story is as it was; try again." }; }
  }
}
