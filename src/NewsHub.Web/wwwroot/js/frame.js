// What every page carries around its news: the ticker's pause, the theme, the text size; and the buttons for sharing, where there are any.

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

// Sharing: the links beside these buttons work without them.
for (const box of document.querySelectorAll(".share")) {
  const address = document.querySelector('link[rel="canonical"]')?.href ?? location.href;
  const title = document.querySelector("h1")?.textContent.trim() ?? document.title;
  const said = box.querySelector('[role="status"]');
  const say = words => { said.textContent = ""; requestAnimationFrame(() => { said.textContent = words; }); };
  const button = name => box.querySelector(`[data-share="${name}"]`);

  const sheet = button("sheet");
  if (sheet && navigator.share) {
    sheet.closest("li").hidden = false;
    sheet.addEventListener("click", async () => {
      try { await navigator.share({ title, url: address }); }
      catch (error) { if (error.name !== "AbortError") say(said.dataset.failed); }
    });
  }

  const copy = button("copy");
  if (copy && navigator.clipboard) {
    copy.closest("li").hidden = false;
    copy.addEventListener("click", async () => {
      try { await navigator.clipboard.writeText(address); say(said.dataset.copied); }
      catch { say(said.dataset.failed); }
    });
  }
}
