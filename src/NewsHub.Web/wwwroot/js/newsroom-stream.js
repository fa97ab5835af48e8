// Tells this page that something in the newsroom has changed, and keeps the numbers of the rail and of the tab's title. One tab of a
// browser holds the stream, also while it is hidden, since a browser opens no more than six connections to a host; it tells the others.
const { asOf } = document.body.dataset;
const again = 30000, patience = 20000;
const channel = globalThis.BroadcastChannel && navigator.locks ? new BroadcastChannel("newsroom") : null;
// Known: how things stand by the number that the page came with, or was told last.
let known = asOf, source, retry, leave, asking = false, waiting = false;

function open() {
  if (source) return;
  source = new EventSource("/admin/stream");
  source.onmessage = ({ data }) => { if (data !== known) changed(data); };
  // While it tries by itself, let it; once it was refused, or sent to sign in, try again in a while.
  source.onerror = () => {
    if (source?.readyState !== EventSource.CLOSED) return;
    source = undefined;
    retry = setTimeout(open, again);
  };
}

function close() {
  clearTimeout(retry);
  source?.close();
  source = undefined;
}

async function changed(number) {
  known = number;
  if (asking) { waiting = true; return; }
  asking = true;
  let numbers;
  try {
    const answer = await fetch("/admin/stream", { headers: { "X-Requested-With": "fetch" }, redirect: "manual", signal: AbortSignal.timeout(patience) });
    if (answer.ok) numbers = await answer.json();
  } catch { /* with the next change */ }
  asking = false;
  tell(numbers);
  channel?.postMessage({ number: known, numbers });
  if (waiting) { waiting = false; changed(known); }
}

function tell(numbers) {
  if (numbers) show(numbers);
  document.dispatchEvent(new CustomEvent("newsroom-change"));
}

function show(numbers) {
  for (const place of document.querySelectorAll("[data-number]")) {
    const n = numbers[place.dataset.number];
    place.hidden = n === 0;
    if (place.firstChild.data !== String(n)) place.firstChild.data = n;
  }
  document.title = document.title.replace(/^(\(\d+\) )?/, numbers.desk > 0 ? `(${numbers.desk}) ` : "");
}

// With locks, the tab that has the lock; the next one gets it when that is closed. Without, each tab that is in sight.
function start() {
  if (!channel) return document.hidden ? close() : open();
  // Without one, pages ask from time to time.
  navigator.locks.request("newsroom stream", () => new Promise(left => { leave = left; open(); })).catch(() => {});
}

function stop() {
  close();
  leave?.();
  leave = undefined;
}

if (asOf) {
  if (channel) channel.onmessage = ({ data: { number, numbers } }) => { if (number !== known) { known = number; tell(numbers); } };
  else document.addEventListener("visibilitychange", start);
  addEventListener("pagehide", stop);
  addEventListener("pageshow", ({ persisted }) => { if (persisted) start(); });
  start();
}
