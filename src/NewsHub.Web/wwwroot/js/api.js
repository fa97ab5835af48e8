// A call's answer below its form; without this the form leads to the answer itself.
for (const form of document.querySelectorAll("form.try")) form.addEventListener("submit", event => {
  event.preventDefault();
  ask(form);
});

function address(form) {
  const fields = [...new FormData(form)].filter(([, value]) => value.trim() !== "");
  let path = form.dataset.route;
  const query = new URLSearchParams();
  for (const [name, value] of fields) {
    if (path.includes(`{${name}}`)) path = path.replace(`{${name}}`, encodeURIComponent(value.trim()));
    else query.set(name, value);
  }
  return `${path}${query.size ? "?" : ""}${query}`;
}

async function ask(form) {
  const [box, to] = [form.parentElement.querySelector(".call-answer"), address(form)];
  const [line, link, text] = [document.createElement("p"), document.createElement("a"), document.createElement("pre")];
  link.href = link.textContent = to;
  text.tabIndex = 0;
  try {
    const answer = await fetch(to, { headers: { Accept: "application/json" } });
    text.textContent = JSON.stringify(await answer.json(), null, 2);
    line.append(`${answer.status} ${answer.statusText} `.replace("  ", " "), link);
  } catch {
    line.append("It did not come. The address still works: ", link);
  }
  box.replaceChildren(line, text);
  box.hidden = false;
}
