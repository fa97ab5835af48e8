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
