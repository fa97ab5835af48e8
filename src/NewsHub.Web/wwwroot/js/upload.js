// The form that sends pictures, with scripts: drop them anywhere on it, see each one's progress and what became of it. One request a file.

const words = { sending: "uploading", there: "in the library", lost: "The connection was lost. Upload it again." };

for (const form of document.querySelectorAll("form[data-upload]")) {
  const input = form.querySelector("input[type=file]");
  const results = form.querySelector(".drop-results");
  const token = form.querySelector("input[name=__RequestVerificationToken]").value;
  const most = Number(form.dataset.most);
  const waiting = [], lacking = [];
  let busy = false;

  form.querySelector(".drop-here").hidden = false;
  // Chosen is sent: the button is for browsers without scripts.
  form.querySelector("button[type=submit]").hidden = true;
  input.required = false;

  const take = files => {
    for (const file of files) {
      const line = document.createElement("li");
      const name = document.createElement("span");
      const bar = document.createElement("progress");
      const said = document.createElement("span");
      name.textContent = file.name;
      name.className = "drop-name";
      bar.max = 1;
      bar.value = 0;
      bar.setAttribute("aria-label", `${file.name}, ${words.sending}`);
      line.append(name, bar, said);
      results.append(line);
      waiting.push({ file, line, bar, said });
    }
    next();
  };

  // Several are described together.
  const together = document.createElement("p");
  together.className = "acts";
  results.after(together);
  const offer = () => {
    if (lacking.length < 2) return;
    const link = document.createElement("a");
    link.className = "button";
    link.href = `/admin/media/describe?${lacking.map(id => `picture=${id}`).join("&")}`;
    link.textContent = `Describe these ${lacking.length} pictures`;
    together.replaceChildren(link);
  };

  const next = () => {
    const one = busy ? undefined : waiting.shift();
    if (!one) return;
    busy = true;
    const done = (good, text, address) => {
      busy = false;
      one.bar.remove();
      one.line.classList.add(good ? "is-there" : "is-refused");
      one.said.textContent = text;
      if (address) {
        const link = document.createElement("a");
        link.href = address;
        link.textContent = "Describe it";
        one.line.append(link);
      }
      form.dispatchEvent(new CustomEvent("taken", { bubbles: true, detail: { good } }));
      next();
    };
    if (one.file.size > most) return done(false, `${one.file.name} is larger than ${Math.floor(most / 1024 / 1024)} MB.`);

    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append("file", one.file);
    request.open("POST", form.action);
    request.setRequestHeader("X-Requested-With", "fetch");
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("RequestVerificationToken", token);
    request.upload.addEventListener("progress", e => { if (e.lengthComputable) one.bar.value = e.loaded / e.total; });
    // All of it is there, and is being looked at.
    request.upload.addEventListener("load", () => one.bar.removeAttribute("value"));
    request.addEventListener("error", () => done(false, words.lost));
    request.addEventListener("load", () => {
      if (request.status === 401) return done(false, "Your session has ended. Sign in in another window and upload it again.");
      let answer = {};
      try { answer = JSON.parse(request.responseText); } catch { /* no answer of ours: said below */ }
      const said = [answer.ready ? `${words.there} as ${answer.file}.` : `${words.there} as ${answer.file}; it needs alt text or a credit.`, ...answer.said ?? []].join(" ");
      if (request.status === 200 && !answer.ready) lacking.push(answer.editAddress.split("/").at(-1));
      offer();
      if (request.status === 200) done(true, said, answer.editAddress);
      else done(false, answer.detail ?? `It could not be uploaded (${request.status}).`);
    });
    request.send(body);
  };

  input.addEventListener("change", () => {
    take(input.files);
    input.value = "";
  });
  form.addEventListener("submit", e => e.preventDefault());
  for (const kind of ["dragenter", "dragover"]) form.addEventListener(kind, e => {
    if (!e.dataTransfer.types.includes("Files")) return;
    e.preventDefault();
    form.classList.add("is-over");
  });
  for (const kind of ["dragleave", "drop"]) form.addEventListener(kind, () => form.classList.remove("is-over"));
  form.addEventListener("drop", e => {
    e.preventDefault();
    take(e.dataTransfer.files);
  });
}
