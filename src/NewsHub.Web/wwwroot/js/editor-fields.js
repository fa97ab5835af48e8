// Bylines that are added, taken out and moved; tags that are proposed while one types.

export function bylines(box) {
  const rows = () => [...box.querySelectorAll(".byline")];
  const told = box.dispatchEvent.bind(box);

  const spare = rows()[0].cloneNode(true);
  for (const row of rows()) furnish(row);
  const add = Object.assign(document.createElement("button"), { type: "button", className: "quiet", textContent: "Add a byline" });
  add.addEventListener("click", () => {
    const row = spare.cloneNode(true);
    for (const field of row.querySelectorAll("[name]")) field.value = "";
    furnish(row);
    add.before(row);
    number();
    row.querySelector("select").focus();
  });
  box.append(add);
  // The empty rows are for browsers without scripts: with one they come when they are asked for.
  for (const row of rows().reverse()) {
    if (row.querySelector("select").value !== "") break;
    row.remove();
  }
  number();

  function furnish(row) {
    const acts = document.createElement("span");
    acts.className = "byline-acts";
    for (const [sign, name, act] of [["↑", "up", () => row.previousElementSibling?.matches(".byline") && row.previousElementSibling.before(row)], ["↓", "down", () => row.nextElementSibling?.matches(".byline") && row.nextElementSibling.after(row)], ["×", "out", () => row.remove()]]) {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "tool", textContent: sign });
      button.dataset.act = name;
      button.addEventListener("click", () => {
        act();
        number();
        (button.isConnected ? button : add).focus();
        told(new Event("input", { bubbles: true }));
      });
      acts.append(button);
    }
    row.append(acts);
  }

  // A form's list is read by its numbers: they follow the order on the page.
  function number() {
    const words = { up: "Move author {0} up", down: "Move author {0} down", out: "Remove author {0}" };
    for (const [i, row] of rows().entries()) {
      const [author, role] = row.querySelectorAll("[name]");
      author.name = `Manuscript.Bylines[${i}].Author`;
      role.name = `Manuscript.Bylines[${i}].Role`;
      author.setAttribute("aria-label", `Author ${i + 1}`);
      role.setAttribute("aria-label", `What author ${i + 1} did`);
      for (const button of row.querySelectorAll(".byline-acts button")) button.setAttribute("aria-label", words[button.dataset.act].replace("{0}", i + 1));
    }
  }

  // One who was made a moment ago: to be chosen in every row, and chosen in the first that is free.
  box.addEventListener("author", ({ detail: { slug, name } }) => {
    for (const select of [spare, ...rows()].map(row => row.querySelector("select"))) {
      if (![...select.options].some(option => option.value === slug)) select.add(new Option(name, slug));
    }
    const free = () => rows().map(row => row.querySelector("select")).find(select => select.value === "");
    if (!free()) add.click();
    const chosen = free();
    chosen.value = slug;
    chosen.focus();
    told(new Event("input", { bubbles: true }));
  });

  // As many rows as a kept text needs.
  box.addEventListener("rows", ({ detail }) => { while (rows().length < detail) add.click(); });
}

export function tags(input, list) {
  const names = [...list.options].map(option => option.value);
  // A list of suggestions knows the whole field only: each is offered with what stands before it.
  const propose = () => {
    const before = input.value.slice(0, input.value.lastIndexOf(",") + 1);
    const there = new Set(before.split(",").map(name => name.trim().toLowerCase()));
    list.replaceChildren(...names.filter(name => !there.has(name.toLowerCase())).map(name => Object.assign(document.createElement("option"), { value: before ? `${before.trimEnd()} ${name}` : name, label: name })));
  };
  input.addEventListener("input", propose);
  input.addEventListener("focus", propose);
}
