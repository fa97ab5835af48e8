// Lists go on by themselves: when the reader nears the end, the ordinary link to the next page is fetched and its stories added.
// No history entry, no repeats; on any error the link stays, and works.
for (const foot of document.querySelectorAll(".more")) {
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
        if (foot.getBoundingClientRect().top < innerHeight * 2) next();
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
