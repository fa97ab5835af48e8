// The breaking bar: a button that puts it away for this story, and one announcement of it to whoever listens rather than looks.
const read = name => { try { return localStorage.getItem(name); } catch { return null; } };
const keep = (name, value) => { try { localStorage.setItem(name, value); } catch { /* for this page only */ } };

// Once for the bar that came with the page, and again for each that comes while it is open.
export function raise() {
  const bar = document.querySelector(".breaking");
  const story = bar?.dataset.story;
  if (!bar || bar.querySelector("button") || read("hush") === story) return;
  delete document.documentElement.dataset.hush;

  const shut = document.createElement("button");
  shut.type = "button";
  shut.textContent = "✕";
  shut.setAttribute("aria-label", bar.dataset.dismiss);
  shut.addEventListener("click", () => {
    keep("hush", story);
    document.documentElement.dataset.hush = story;
    // The focus was on what is gone: reading goes on with the news.
    const main = document.querySelector("#main");
    main.tabIndex = -1;
    main.focus({ preventScroll: true });
  });
  bar.querySelector(".page").append(shut);

  if (read("told") !== story) {
    keep("told", story);
    // A region that is filled after it is there is read out; one that comes with the page is not.
    setTimeout(() => { bar.querySelector("[role=status]").textContent = bar.dataset.say.replace("{headline}", () => bar.querySelector("a").textContent); }, 500);
  }
}

raise();
