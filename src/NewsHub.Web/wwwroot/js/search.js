// Results as one types: the page itself is asked for, as for whoever has no script, and its answer is set in.
const form = document.querySelector(".ask");
const words = form?.elements.q;
const wait = 200;
let timer, asking, last = address();

if (words) {
  if (!words.value) words.focus();
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, wait); });
  addEventListener("popstate", () => location.reload());
}

function address() {
  if (!form) return "";
  const fields = new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim() !== ""));
  return `/search${fields.size ? "?" : ""}${fields}`;
}

async function ask() {
  const now = address();
  // Half a letter is no question, and a day that is half typed comes without a value.
  if (now === last || words.value.trim().length === 1) return;
  asking?.abort();
  asking = new AbortController();
  try {
    const answer = await fetch(now, { headers: { Accept: "text/html" }, signal: asking.signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const coming = page.getElementById("answer");
    if (!coming) return;
    last = now;
    document.getElementById("answer").replaceChildren(...document.adoptNode(coming).childNodes);
    // Said by the element that was there before: a new one is not listened to.
    document.getElementById("count").textContent = page.getElementById("count").textContent;
    document.title = page.title;
    history.replaceState(null, "", now);
    dispatchEvent(new Event("list"));
  } catch { /* an answer that is not wanted any more, or no network: the button still works */ }
}
