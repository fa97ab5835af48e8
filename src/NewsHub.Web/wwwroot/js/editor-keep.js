// Keeps what is typed: on the server every few seconds, in this browser at once. Never publishes. Says who else is here.

const wait = 3000;
const beat = 10000;

export function keep(form) {
  const saved = form.querySelector(".saved");
  const checks = form.querySelector(".checks-box");
  const token = form.querySelector("[name=__RequestVerificationToken]");
  const base = form.querySelector("[name=Base]");
  const may = form.querySelector(".keep button") !== null;
  let timer, sending = false, changed = false, stopped = form.dataset.conflict === "yes" || !may;
  const here = () => Number(form.dataset.story);
  // One window's text of one person: another window of theirs keeps its own.
  const place = () => `newsroom:${form.dataset.member}:${here()}`;
  const fields = () => Object.fromEntries([...new FormData(form)].filter(([name]) => name.startsWith("Manuscript.")));
  const say = (text, bad = false) => { saved.textContent = text; saved.classList.toggle("saved--bad", bad); };

  const local = {
    keep() { try { localStorage.setItem(place(), JSON.stringify({ at: Date.now(), base: base.value, fields: fields() })); } catch { /* the server's copy has to do */ } },
    read() { try { return JSON.parse(localStorage.getItem(place())); } catch { return null; } },
    drop() { try { localStorage.removeItem(place()); } catch { /* nothing kept */ } },
  };

  const before = fields();
  // Saved: the copy of this browser has done its duty.
  if (document.querySelector(".said")) local.drop();
  offerBack();

  async function send(leaving = false) {
    clearTimeout(timer);
    if (stopped || sending || !changed) return;
    sending = true;
    changed = false;
    const data = new FormData(form);
    try {
      const address = here() === 0 ? "/admin/stories/new" : `/admin/stories/${here()}`;
      const answer = await fetch(`${address}?handler=Autosave`, { method: "POST", body: data, headers: { "X-Requested-With": "fetch" }, redirect: "manual", keepalive: leaving });
      if (answer.status === 401) { changed = true; signIn(); return; }
      const said = await answer.json().catch(() => ({}));
      if (answer.status === 409) { stopped = true; local.keep(); conflict(said); return; }
      // A form older than the session: its token is renewed, and it is sent again.
      if (answer.status === 400 && !said.title && await freshToken()) { changed = true; return; }
      if (!answer.ok) { changed = true; say(said.title ?? "Not saved. It is kept in this browser.", true); again(10000); return; }
      if (here() === 0) {
        local.drop();
        form.dataset.story = said.id;
        form.action = `/admin/stories/${said.id}`;
        history.replaceState(null, "", `/admin/stories/${said.id}`);
        for (const button of form.querySelectorAll("[data-proof]")) button.formAction = `/admin/stories/${said.id}/proof`;
      }
      base.value = said.base;
      if (!changed) local.drop();
      say(`Autosaved ${said.savedAt}`);
      show(said.checks);
    } catch {
      // The line is down: it is in this browser, and tried again.
      changed = true;
      local.keep();
      say("No connection. What you typed is kept in this browser and saved as soon as there is one.", true);
      again(5000);
    } finally {
      sending = false;
      if (changed) again(wait);
    }
  }

  function again(after) { clearTimeout(timer); timer = setTimeout(send, after); }

  function signIn() {
    local.keep();
    say("Your session has ended. What you typed is kept in this browser: ", true);
    const link = document.createElement("a");
    Object.assign(link, { href: "/admin/sign-in?then=/admin", target: "_blank", textContent: "sign in in another tab" });
    saved.append(link, ", then go on here.");
    clearTimeout(timer);
    // The form's token belongs to the session: with the new one comes a new token.
    addEventListener("focus", async () => { if (await freshToken()) { say("Signed in again."); send(); } else signIn(); }, { once: true });
  }

  async function freshToken() {
    try {
      const answer = await fetch("/admin/stories/new", { redirect: "manual", headers: { "X-Requested-With": "fetch" } });
      if (!answer.ok) return false;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      token.value = page.querySelector("form.editor [name=__RequestVerificationToken]").value;
      return true;
    } catch { return false; }
  }

  function conflict({ title }) {
    say(`${title ?? "This story cannot be saved as it is."} `, true);
    const button = document.createElement("button");
    Object.assign(button, { className: "quiet", type: "submit", textContent: "See both texts and merge them" });
    saved.append(button);
  }

  function show(list) {
    if (!list) return;
    checks.replaceChildren();
    for (const [heading, hinders] of [["Before it can be published", true], ["To look at", false]]) {
      const some = list.filter(check => check.hinders === hinders);
      if (some.length === 0) continue;
      const box = document.createElement("div");
      box.className = hinders ? "checks checks--stop" : "checks";
      const title = document.createElement("h2");
      title.textContent = heading;
      const lines = document.createElement("ul");
      for (const { field, sentence, line } of some) {
        const item = document.createElement("li"), link = document.createElement("a");
        link.href = `#Manuscript_${field}`;
        link.textContent = sentence;
        if (line) link.dataset.line = line;
        item.append(link, line ? ` (line ${line})` : "");
        lines.append(item);
      }
      box.append(title, lines);
      checks.append(box);
    }
  }

  // What this browser kept and the server never got: offered, never put back in silence.
  function offerBack() {
    const found = local.read();
    if (!found || JSON.stringify(found.fields) === JSON.stringify(before)) { if (found) local.drop(); return; }
    const box = document.createElement("div");
    box.className = "kept-here";
    box.setAttribute("role", "status");
    box.textContent = `This browser holds a text of ${new Date(found.at).toLocaleString()} that was not saved. `;
    const take = Object.assign(document.createElement("button"), { type: "button", className: "second", textContent: "Put it back" });
    const drop = Object.assign(document.createElement("button"), { type: "button", className: "quiet", textContent: "Throw it away" });
    take.onclick = () => {
      for (const [name, value] of Object.entries(found.fields)) {
        const field = form.elements[name];
        if (!field) continue;
        if (field.type === "checkbox") field.checked = value === "true"; else field.value = value;
      }
      // It goes on from what it went on from: a colleague's text since is a conflict, as it should be.
      base.value = found.base;
      box.remove();
      form.dispatchEvent(new Event("input", { bubbles: true }));
    };
    drop.onclick = () => { local.drop(); box.remove(); };
    box.append(take, " ", drop);
    form.before(box);
  }

  // Who else is here.
  const colleagues = document.querySelector(".colleagues");
  async function presence() {
    if (here() === 0 || document.hidden) return;
    try {
      const data = new FormData();
      data.set("__RequestVerificationToken", token.value);
      const answer = await fetch(`/admin/stories/${here()}?handler=Presence`, { method: "POST", body: data, headers: { "X-Requested-With": "fetch" }, redirect: "manual" });
      if (!answer.ok || !colleagues) return;
      const { others, newest, by } = await answer.json();
      const lines = [];
      if (others.length > 0) lines.push(`${others.join(", ")} ${others.length === 1 ? "has" : "have"} this story open too.`);
      if (by && newest > Number(base.value)) lines.push(`${by} has saved another text since you opened it.`);
      if (colleagues.textContent !== lines.join(" ")) colleagues.textContent = lines.join(" ");
      colleagues.hidden = lines.length === 0;
    } catch { /* asked again in ten seconds */ }
  }
  setInterval(presence, beat);
  document.addEventListener("visibilitychange", () => { if (document.hidden) send(true); else presence(); });

  addEventListener("pagehide", () => {
    if (changed && !stopped) { local.keep(); send(true); }
    if (here() === 0) return;
    const data = new FormData();
    data.set("__RequestVerificationToken", token.value);
    navigator.sendBeacon(`/admin/stories/${here()}?handler=Leave`, data);
  });

  form.addEventListener("submit", ({ submitter }) => {
    if (submitter?.hasAttribute("data-proof")) return;
    stopped = true;
    clearTimeout(timer);
    // Should the answer not be a page of ours, the text is still here.
    if (changed) local.keep();
  });
  return {
    soon() {
      if (!may) return;
      changed = true;
      local.keep();
      if (!stopped && !sending) again(wait);
    },
  };
}
