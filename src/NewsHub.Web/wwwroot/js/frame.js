// What every page carries around its news: the ticker's pause, the theme, the text size.

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
