// Keeps what is typed: on the server every few seconds, in this browser at once. Never publishes. Says who else is here.
import { dropHere, keepHere, leftBehind, moment, same } from "./editor-kept-here.js";

const wait = 3000;
const beat = 10000;
const patience = 20000;

export function keep(form) {
  const saved = form.querySelector(".saved");
  const token = form.querySelector("[name=__RequestVerificationToken]");
  const base = form.querySelector("[name=Base]");
  const { member } = form.dataset;
  const merging = form.dataset.conflict === "yes";
  // Sending: the request that is on its way. Out: the session is over. Stopped: nothing is sent any more but by hand.
  // First: what has to be done before the text is sent. Stayed: a way that leads away was kept back once, because the text was not saved.
  let timer, sending = null, changed = false, out = false, stopped = merging, clash = "", waited = false, first = null, stayed = false;
  const here = () => Number(form.dataset.story);
  const fields = () => Object.fromEntries([...new FormData(form)].filter(([name]) => name.startsWith("Manuscript.") || name === "Slot" || name === "Key"));
  const say = (text, bad = false) => { saved.textContent = text; saved.classList.toggle("saved--bad", bad); };
  const hold = sent => keepHere(member, here(), base.value, fields(), sent);

  const before = fields();
  const justSaved = document.querySelector(".said") !== null;
  // A page that says why a text was not saved holds it and nobody else does.
  if (merging || document.querySelector("#problems")) { changed = true; hold(); }
  offerBack();

  function send(leaving = false) {
    clearTimeout(timer);
    if (stopped || out || sending || !changed) return sending;
    changed = false;
    return sending = post(leaving).finally(() => {
      sending = null;
      if (changed && !stopped && !out) again(wait);
    });
  }

  async function post(leaving) {
    const address = here() === 0 ? "/admin/stories/new" : `/admin/stories/${here()}`;
    try {
      const answer = await fetch(`${address}?handler=Autosave`, { method: "POST", body: new FormData(form), headers: { "X-Requested-With": "fetch" }, redirect: "manual", keepalive: leaving, signal: AbortSignal.timeout(patience) });
      if (answer.status === 401) return ended();
      const told = await answer.json().catch(() => ({}));
      if (answer.status === 409) return conflict(told.title ?? "This story cannot be saved as it is.");
      if (!answer.ok) {
        changed = true;
        // A form older than the session: its token is renewed, and it is sent again.
        if (answer.status === 400 && !told.title && await freshToken()) return;
        return say(`Not saved: ${told.title ?? "the server does not accept it now."} It is kept in this browser.`, true);
      }
      if (here() === 0) began(told.id);
      base.value = told.base;
      if (told.again) { changed = true; return; }
      const slug = form.elements["Manuscript.Slug"], was = form.elements.SlugWas;
      if (slug && slug.value.trim() === told.slug) was.value = told.slug;
      if (!changed) dropHere(member, here());
      say(`Autosaved ${told.savedAt}`);
      note("newer", null);
      stand(told);
      if (told.elsewhere) note("own", [`Another window of yours saved revision ${told.elsewhere} in the meantime. Nothing is lost: `, link(`/admin/stories/${here()}/history?from=${told.elsewhere}&to=${told.base}`, "both texts are in the history"), "."]);
    } catch {
      // The line is down: it is in this browser, and tried again.
      changed = true;
      say(hold() ? "No connection. What you typed is kept in this browser and will be saved when you are back online." : "No connection. Do not close this window: what you typed is not saved.", true);
    }
  }

  // Coming back to this window: what was done elsewhere meanwhile, as in the library or by a colleague, counts here too.
  async function checks() {
    if (here() === 0 || document.hidden || out || stopped || changed || sending) return;
    try {
      const answer = await fetch(`/admin/stories/${here()}?handler=Checks`, { headers: { "X-Requested-With": "fetch" }, redirect: "manual", signal: AbortSignal.timeout(patience) });
      if (answer.ok && !changed && !sending) stand(await answer.json(), true);
    } catch { /* with the next save */ }
  }
  addEventListener("focus", checks);
  document.addEventListener("visibilitychange", checks);

  // What can be done with the story now, what readers see of it, and what hinders it.
  function stand(told, looked = false) {
    show(told.checks);
    form.dispatchEvent(new CustomEvent("checks", { detail: { list: told.checks, current: !changed } }));
    setActs(told.acts);
    const standing = document.querySelector("[data-standing]");
    const said = [...standing.querySelectorAll("p")].map(line => line.textContent.trim());
    if (said.join("\n") !== told.standing.join("\n")) standing.replaceChildren(...told.standing.map(words => element("p", "", words)));
    const revisions = form.querySelector("[data-revisions]");
    for (const way of form.querySelectorAll("[data-history]")) { way.href = `/admin/stories/${told.id}/history`; way.hidden = false; }
    revisions.hidden = false;
    // A look is no save: the newest text may be a colleague's.
    if (!looked) revisions.querySelector("span").textContent = `revision ${told.base}${told.live ? `, readers see ${told.live}` : ""}`;
  }

  function setActs(acts) {
    const nav = document.querySelector("[data-acts]");
    const now = [...nav.querySelectorAll("a")].map(way => `${way.getAttribute("href")} ${way.textContent}`).join("\n");
    if (now === [...acts.filter(act => act.first), ...acts.filter(act => !act.first)].map(act => `${act.address} ${act.name}`).join("\n")) return;
    const held = nav.contains(document.activeElement) ? document.activeElement.getAttribute("href") ?? "more" : null;
    const open = nav.querySelector(".more-acts")?.open ?? false;
    const more = acts.filter(act => !act.first);
    const details = element("details", "more-acts", element("summary", "button second", "More"));
    details.open = open;
    const way = (act, className = "") => Object.assign(element("a", className, act.name), { href: act.address });
    const first = acts.filter(act => act.first).map(act => way(act, "button second"));
    nav.replaceChildren(...first, ...more.length === 0 ? [] : [details, element("ul", "more-list", ...more.map(act => element("li", "", way(act))))]);
    nav.hidden = acts.length === 0;
    if (!held) return;
    const again = held === "more" ? details.querySelector("summary") : [...nav.querySelectorAll("a")].find(link => link.getAttribute("href") === held);
    again?.focus();
  }

  function again(after) { clearTimeout(timer); timer = setTimeout(send, after); }

  function began(id) {
    dropHere(member, 0);
    form.dataset.story = id;
    form.action = `/admin/stories/${id}`;
    history.replaceState(null, "", `/admin/stories/${id}`);
    for (const button of form.querySelectorAll("[data-proof]")) button.formAction = `/admin/stories/${id}/proof`;
    hold();
    presence();
  }

  // The session is over: kept here until someone is in again.
  function ended(who) {
    out = changed = true;
    clearTimeout(timer);
    const kept = hold();
    say(`${who ?? "Your session has ended."} ${kept ? "What you typed is kept in this browser:" : "Do not close this window:"} `, true);
    saved.append(link("/admin/sign-in?then=/admin", who ? "sign in as yourself in another tab" : "sign in in another tab"), ", then continue here.");
  }

  async function backIn() {
    if (!out || document.hidden) return;
    if (await freshToken()) { out = false; say("Signed in again."); send(); }
  }
  addEventListener("focus", backIn);
  document.addEventListener("visibilitychange", backIn);

  // The form's token belongs to the session: with a new one comes a new token.
  async function freshToken() {
    try {
      const answer = await fetch("/admin/stories/new", { redirect: "manual", headers: { "X-Requested-With": "fetch" } });
      if (!answer.ok) return false;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("form.editor");
      // Another's name must not stand under this text.
      if (page.dataset.member !== member) { ended("Someone else is signed in here now."); return false; }
      token.value = page.querySelector("[name=__RequestVerificationToken]").value;
      return true;
    } catch { return false; }
  }

  function conflict(title) {
    stopped = changed = true;
    clash = title;
    hold();
    say(`${title} `, true);
    saved.append(Object.assign(document.createElement("button"), { className: "quiet", type: "submit", textContent: "See both texts and merge them" }));
  }

  function show(list) {
    const box = form.querySelector(".checks-box"), beside = form.querySelector(".body-checks"), tally = form.querySelector("[data-tally]");
    box.replaceChildren(...[["Fix before publishing", true], ["Suggestions", false]].flatMap(([heading, hinders]) => {
      const some = list.filter(check => check.hinders === hinders);
      return some.length === 0 ? [] : [element("div", hinders ? "checks checks--stop" : "checks", element("h2", "", heading), element("ul", "", ...some.map(({ field, sentence, line, picture }) => element("li", "", link(`#Manuscript_${field}`, sentence, line), line ? ` (line ${line})` : "", ...describe(picture)))))];
    }));
    const lines = list.filter(check => check.line).sort((a, b) => a.line - b.line);
    beside.replaceChildren(...lines.length === 0 ? [] : [element("ul", lines.some(check => check.hinders) ? "checks checks--stop" : "checks", ...lines.map(({ sentence, line, picture }) => element("li", "", link("#Manuscript_Body", `Line ${line}`, line), `: ${sentence}`, ...describe(picture))))]);
    const stops = list.filter(check => check.hinders).length;
    tally.textContent = stops;
    tally.hidden = stops === 0;
    tally.setAttribute("aria-label", `${stops} to fix before publishing`);
  }

  // What a window that is gone has left in this browser and the server never got: offered, never put back in silence.
  async function offerBack() {
    const later = Date.parse(form.dataset.saved ?? "");
    // A new story's form that was sent, and arrived.
    if (justSaved && here() !== 0) for (const begun of await leftBehind(member, 0)) if (begun.sent) dropHere(member, 0, begun.window);
    for (const found of await leftBehind(member, here())) {
      if (same(found.fields, before) || found.sent && justSaved || await known(found)) { dropHere(member, here(), found.window); continue; }
      const take = Object.assign(element("button", "second", "Restore"), { type: "button" });
      const drop = Object.assign(element("button", "quiet", "Discard"), { type: "button" });
      const box = element("div", "kept-here", `This browser has an unsaved text from ${moment(found.at, form.dataset.zone)}.${later > found.at ? " What you see here was saved after it." : ""} `, take, " ", drop);
      box.setAttribute("role", "status");
      take.addEventListener("click", () => {
        const rows = Object.keys(found.fields).filter(name => name.endsWith(".Author")).length;
        form.querySelector(".bylines").dispatchEvent(new CustomEvent("rows", { detail: rows }));
        for (const field of form.elements) {
          if (!field.name?.startsWith("Manuscript.") && field.name !== "Slot" && field.name !== "Key") continue;
          if (field.type === "checkbox") field.checked = field.name in found.fields; else field.value = found.fields[field.name] ?? "";
        }
        // It goes on from what it went on from: a colleague's text since is a conflict, as it should be.
        base.value = found.base;
        box.remove();
        form.querySelector("#Manuscript_Body").dispatchEvent(new Event("input", { bubbles: true }));
        // What stood there is in the history, and this copy is now this window's own.
        dropHere(member, here(), found.window);
      });
      drop.addEventListener("click", () => { dropHere(member, here(), found.window); box.remove(); });
      form.before(box);
    }
  }

  // The answer to a save may have been lost, and the server have the text all the same: it knows whether it stands in the history.
  async function known({ fields }) {
    const data = new FormData();
    for (const [name, value] of Object.entries(fields)) data.set(name, value);
    data.set("__RequestVerificationToken", token.value);
    try {
      const answer = await fetch(`/admin/stories/${here() || "new"}?handler=Known`, { method: "POST", body: data, headers: { "X-Requested-With": "fetch" }, redirect: "manual", signal: AbortSignal.timeout(patience) });
      return answer.ok && (await answer.json()).revision !== null;
    } catch { return false; }
  }

  // Who else is here, and whether a newer text than this one's is there.
  const colleagues = document.querySelector(".colleagues");
  const notes = new Map();
  function note(about, parts) {
    const now = parts?.map(part => part.textContent ?? part).join("") ?? "";
    if ((notes.get(about)?.textContent ?? "") === now) return;
    if (parts) notes.set(about, element("span", "", ...parts)); else notes.delete(about);
    colleagues.replaceChildren(...[...notes.values()].flatMap(line => [line, " "]));
    colleagues.hidden = notes.size === 0;
  }
  if (!colleagues.hidden) notes.set("others", element("span", "", colleagues.textContent));

  async function presence() {
    if (here() === 0 || document.hidden || out) return;
    try {
      const data = new FormData();
      data.set("__RequestVerificationToken", token.value);
      const answer = await fetch(`/admin/stories/${here()}?handler=Presence`, { method: "POST", body: data, headers: { "X-Requested-With": "fetch" }, redirect: "manual", signal: AbortSignal.timeout(patience) });
      if (!answer.ok) return;
      const { others, newest, by } = await answer.json();
      note("others", others.length > 0 ? [`${others.join(", ")} ${others.length === 1 ? "has" : "have"} this story open too.`] : null);
      const newer = newest > Number(base.value) && !sending && !merging;
      note("newer", !newer ? null : by ? [`${by} has saved another text since you opened it.`] : changed ? null : ["You have saved a newer text in another window. ", link(`/admin/stories/${here()}`, "Continue from that one")]);
    } catch { /* asked again in ten seconds */ }
  }
  setInterval(presence, beat);
  document.addEventListener("visibilitychange", () => { if (document.hidden) send(true); else presence(); });

  addEventListener("pagehide", () => {
    if (changed && !stopped) { hold(); send(true); }
    if (here() === 0) return;
    const data = new FormData();
    data.set("__RequestVerificationToken", token.value);
    navigator.sendBeacon(`/admin/stories/${here()}?handler=Leave`, data);
  });
  // Back from the next page by the browser's own memory: it goes on.
  addEventListener("pageshow", ({ persisted }) => { if (persisted) { waited = false; stopped = merging || clash !== ""; presence(); } });

  form.addEventListener("submit", event => {
    const { submitter } = event;
    if (submitter?.hasAttribute("data-proof")) return;
    // What is on its way arrives first: the save goes on from it.
    if ((sending || first) && !waited) {
      event.preventDefault();
      event.stopImmediatePropagation();
      stopped = true;
      Promise.race([Promise.all([sending, first]), new Promise(done => setTimeout(done, 3000))]).then(() => { waited = true; form.requestSubmit(submitter); });
      return;
    }
    stopped = true;
    clearTimeout(timer);
    // Should the answer not be a page of ours, the text is still here.
    if (changed || clash) hold(true);
  });

  // A way to an act shows the story as it is in the store: what was typed goes there first.
  document.querySelector("[data-acts]").addEventListener("click", async event => {
    const way = event.target.closest("a");
    if (!way || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (stayed || stopped || out || !(changed || sending || first)) return;
    event.preventDefault();
    if (await first === false) return;
    await sending;
    await send();
    if (changed || out || stopped) stayed = true; else location.assign(way.href);
  });

  return {
    /** Something that is under way, and comes before the next save or act; false where it failed, and says why. */
    first(doing) {
      const mine = first = doing.finally(() => { if (first === mine) first = null; });
    },
    soon() {
      changed = true;
      stayed = false;
      hold();
      if (!stopped && !out && !sending) again(wait);
    },
    /** Sends what was typed at once, and a new story even if nothing was. */
    async now() {
      if (sending) await sending;
      if (here() === 0) { changed = true; hold(); }
      await send();
    },
  };
}

function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

const describe = picture => picture ? [" ", Object.assign(element("a", "lack", "Describe it"), { href: picture, target: "_blank" })] : [];

function link(address, words, line) {
  const made = Object.assign(element("a", "", words), { href: address });
  if (line) made.dataset.line = line;
  if (address.startsWith("/admin/sign-in") || address.includes("/history")) made.target = "_blank";
  return made;
}
