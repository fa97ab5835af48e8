// Makes one part of a page like another and leaves alone what is alike: pictures do not flicker, the place in the page and the focus stay.

export function patch(old, fresh) {
  for (const name of old.getAttributeNames()) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const name of fresh.getAttributeNames()) if (old.getAttribute(name) !== fresh.getAttribute(name)) old.setAttribute(name, fresh.getAttribute(name));
  const was = [...old.childNodes], now = [...fresh.childNodes];
  // Alike from the front and from the back stays; what lies between is looked into, pair by pair.
  let from = 0, end = 0;
  while (from < was.length && from < now.length && was[from].isEqualNode(now[from])) from++;
  while (end < was.length - from && end < now.length - from && was[was.length - 1 - end].isEqualNode(now[now.length - 1 - end])) end++;
  const left = was.slice(from, was.length - end), right = now.slice(from, now.length - end);
  const behind = was[was.length - end] ?? null;
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    if (i >= right.length) left[i].remove();
    else if (i >= left.length) old.insertBefore(right[i], behind);
    else if (left[i].nodeType === 1 && left[i].nodeName === right[i].nodeName) patch(left[i], right[i]);
    else left[i].replaceWith(right[i]);
  }
}
