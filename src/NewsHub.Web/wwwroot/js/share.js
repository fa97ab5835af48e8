// The links beside these buttons work without them.
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
