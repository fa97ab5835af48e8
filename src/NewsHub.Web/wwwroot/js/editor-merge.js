// Where two changed one paragraph: the text of what is chosen comes into the field under it, unless something was typed there.
export function merging() {
  for (const question of document.querySelectorAll(".conflict .difference")) {
    const [text, was] = [question.querySelector("textarea"), question.querySelector("input[name$='.Was']")];
    if (!text) continue;
    let offered = text.value;
    question.addEventListener("change", ({ target }) => {
      if (target.type !== "radio" || text.value !== offered) return;
      text.value = target.dataset.text;
      was.value = target.dataset.was;
      offered = text.value;
    });
  }
}
