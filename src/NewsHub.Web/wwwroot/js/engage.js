// A story's reactions and shares: the form and the links work without this; with it the page stays, one's own choice shows, and a second press takes it back.
const story = document.querySelector(".story")?.dataset.story;
const say = (place, words) => { place.textContent = ""; requestAnimationFrame(() => { place.textContent = words; }); };

// One's own choice is remembered here alone: the page is the same for everybody.
const name = `react:${story}`;
const recall = () => { try { return localStorage.getItem(name); } catch { return null; } };
const remember = kind => { try { if (kind) localStorage.setItem(name, kind); else localStorage.removeItem(name); } catch { /* for this page only */ } };
const tell = tally => document.dispatchEvent(new CustomEvent("tally", { detail: tally }));

for (const form of document.querySelectorAll("main .story .react")) {
  const said = form.querySelector("[role=status]");
  let own = recall(), busy = false;
  const show = () => { for (const button of form.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.value === own)); };
  show();
  form.addEventListener("submit", async event => {
    event.preventDefault();
    const kind = event.submitter?.value;
    if (busy || !kind) return;
    busy = true;
    try {
      const answer = await fetch(form.action, { method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams({ kind: kind === own ? "" : kind }) });
      const told = await answer.json();
      if (answer.ok) {
        own = told.own;
        remember(own);
        show();
        if (told.reactions) tell(told);
        say(said, own ? `Your reaction: ${event.submitter.querySelector("span").textContent}. Press it again to take it back.` : "Taken back.");
      } else say(said, told.title);
    } catch { say(said, "That did not reach us. Try again in a moment."); }
    busy = false;
  });
}

for (const box of document.querySelectorAll("main .story .share")) {
  const address = document.querySelector('link[rel="canonical"]')?.href ?? location.href;
  const title = document.querySelector("h1").textContent.trim();
  const said = box.querySelector("[role=status]");
  const count = async way => {
    try {
      const answer = await fetch(`/share/${story}/${way}`, { method: "POST", keepalive: true });
      if (answer.ok) tell(await answer.json());
    } catch { /* it was shared, if not counted */ }
  };
  const button = (way, able, share) => {
    const press = box.querySelector(`[data-share="${way}"]`);
    if (!press || !able) return;
    press.closest("li").hidden = false;
    press.addEventListener("click", async () => {
      try { await share(); count(way); }
      catch (error) { if (error.name !== "AbortError") say(said, said.dataset.failed); }
    });
  };
  button("sheet", navigator.share, () => navigator.share({ title, url: address }));
  button("copy", navigator.clipboard, async () => { await navigator.clipboard.writeText(address); say(said, said.dataset.copied); });
  box.querySelector('[data-share="email"]').addEventListener("click", () => count("email"));
}
