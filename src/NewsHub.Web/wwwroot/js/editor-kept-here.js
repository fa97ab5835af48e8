// What this browser keeps of a text until the server has it: one copy for each open window, so that none writes over another's.

const id = [...crypto.getRandomValues(new Uint8Array(8))].map(byte => byte.toString(16).padStart(2, "0")).join("");
// As long as this window lives it holds this lock: a copy whose lock is free was left behind.
navigator.locks?.request(`newsroom-window:${id}`, () => new Promise(() => {}));

const prefix = (member, story) => `newsroom:${member}:${story}:`;

export function keepHere(member, story, base, fields, sent = false) {
  try { localStorage.setItem(prefix(member, story) + id, JSON.stringify({ at: Date.now(), base, fields, sent })); return true; } catch { return false; }
}

export function dropHere(member, story, window = id) {
  try { localStorage.removeItem(prefix(member, story) + window); } catch { /* nothing kept */ }
}

/** Copies that windows which are gone have left of this story, newest first. */
export async function leftBehind(member, story) {
  try {
    const held = new Set((await navigator.locks?.query())?.held.map(lock => lock.name) ?? []);
    return Object.keys(localStorage).filter(key => key.startsWith(prefix(member, story)))
      .map(key => ({ window: key.slice(prefix(member, story).length), ...JSON.parse(localStorage.getItem(key)) }))
      .filter(copy => copy.window !== id && !held.has(`newsroom-window:${copy.window}`) && copy.fields).sort((a, b) => b.at - a.at);
  } catch { return []; }
}

/** An instant as the newsroom says it, in the zone of whoever is here: 28 Nov 2026, 20:14. */
export function moment(at, zone) {
  const figures = { timeZone: zone, day: "numeric", month: "numeric", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const parts = new Intl.DateTimeFormat("en-GB", figures).formatToParts(new Date(at));
  const part = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  return `${Number(part.day)} ${months[part.month - 1]} ${part.year}, ${part.hour}:${part.minute}`;
}

/** Whether two texts are the same but for what the server puts in order: spaces, empty rows, a caption that is the picture's own. */
export function same(kept, there) {
  // The form's own key is no part of the text.
  const names = new Set([...Object.keys(kept), ...Object.keys(there)].filter(name => name !== "Key"));
  const plain = (fields, name) => (fields[name] ?? "").split(name.endsWith(".Tags") ? "," : /(?!)/).map(part => part.trim().replace(/\s+/g, " ")).filter(Boolean).join(", ");
  return [...names].every(name => plain(kept, name) === plain(there, name) || name.endsWith(".PictureCaption") && plain(kept, name) === "");
}
