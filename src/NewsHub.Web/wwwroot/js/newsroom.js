// What every page of the newsroom carries: the first thing that is wrong gets the focus, and a form is sent once however often it is clicked.
import "./newsroom-stream.js";

document.querySelector("#problems")?.focus();

addEventListener("submit", ({ target, submitter }) => {
  if (target.method !== "post" || target.target) return;
  // The clicked button's name and value still travel: it is disabled only after the form was read.
  setTimeout(() => { for (const button of target.querySelectorAll("button")) button.disabled = true; });
  // Back from the next page, the form can be sent again.
  addEventListener("pageshow", () => { for (const button of target.querySelectorAll("button")) button.disabled = false; }, { once: true });
  submitter?.setAttribute("aria-busy", "true");
});

// The menu of narrow screens.
const menu = document.querySelector(".rail-menu");
menu?.addEventListener("toggle", () => document.querySelector(".rail").classList.toggle("is-open", menu.open));
