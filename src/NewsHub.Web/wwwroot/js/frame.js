// What every page carries around its news: the ticker's pause, the theme, the text size; and lists that go on by themselves.

// The ticker's pause button works by CSS; this remembers it for the session.
const pause = document.querySelector(".ticker-pause input");
if (pause) {
  try {
    if (sessionStorage.getItem("ticker") === "paused") pause.checked = true;
    pause.addEventListener("change", () => {
      try { sessionStorage.setItem("ticker", pause.checked ? "paused" : "running"); } catch { /* nothing to remember with */ }
    });
  } catch { /* storage is off: the button still works */ }
}

// Theme and text size: applied at once, remembered only once chosen, forgotten when set back to the default.
const root = document.documentElement;
for (const box of document.querySelectorAll(".comfort")) {
  for (const [name, usual] of [["theme", "auto"], ["text", "m"]]) {
    const now = root.dataset[name] ?? usual;
    const choice = box.querySelector(`input[name="${name}"][value="${now}"]`);
    if (choice) choice.checked = true;
  }
  box.addEventListener("change", ({ target }) => {
    const { name, value } = target;
    const usual = name === "theme" ? "auto" : "m";
    if (value === usual) delete root.dataset[name]; else root.dataset[name] = value;
    try {
      if (value === usual) localStorage.removeItem(name); else localStorage.setItem(name, value);
    } catch { /* applies to this page only */ }
  });
  box.hidden = false;
}

// Search is one key away, wherever nothing is being typed.
addEventListener("keydown", event => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, textarea, select, [contenteditable]")) return;
  const words = document.getElementById("q");
  if (words) words.select(); else document.querySelector(".find")?.click();
  event.preventDefault();
});

// Lists go on by themselves: when the reader nears the end, the ordinary link to the next page is fetched and its stories added.
// No history entry, no repeats; on any error the link stays, and works.
function goOn(foot) {
  const list = document.getElementById(foot.dataset.list);
  const said = foot.querySelector('[role="status"]');
  // What is in the list, and the story that is being read.
  const seen = () => new Set([document.querySelector(".story")?.dataset.story, ...[...list.children].map(item => item.dataset.story)]);
  let busy = false;

  const next = async () => {
    const link = foot.querySelector("a[rel=next]");
    if (busy || !link) return;
    busy = true;
    said.textContent = said.dataset.loading;
    try {
      const answer = await fetch(link.href, { headers: { Accept: "text/html" } });
      if (!answer.ok) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const coming = page.getElementById(list.id);
      if (!coming) throw new Error("no list");
      const known = seen();
      for (const item of [...coming.children]) {
        if (item.dataset.story && known.has(item.dataset.story)) continue;
        item.classList.remove("led");
        list.append(document.adoptNode(item));
      }
      const further = page.querySelector(".more a[rel=next]");
      said.textContent = "";
      if (further && further.getAttribute("href") !== link.getAttribute("href")) {
        link.href = further.getAttribute("href");
        busy = false;
        // Looked at anew: who is at the end again before the browser has looked would else wait for ever.
        watch.unobserve(foot);
        watch.observe(foot);
      } else {
        watch.disconnect();
        link.remove();
        said.textContent = said.dataset.end ?? "";
      }
    } catch {
      watch.disconnect();
      said.textContent = said.dataset.failed ?? "";
    }
  };

  const watch = new IntersectionObserver(entries => { if (entries.some(entry => entry.isIntersecting)) next(); }, { rootMargin: "0px 0px 100% 0px" });
  if (list && said) watch.observe(foot);
}

const lists = () => document.querySelectorAll(".more:not([data-watched])").forEach(foot => {
  foot.dataset.watched = "";
  goOn(foot);
});
lists();
// A page that sets a new list says so.
addEventListener("list", lists);
