// The address of a link, asked for beside the words: typed, or found by the name of a story, an author or a tag.

/** Opens a small form for the link at the selection. */
export function linkTo(view, type) {
  const { state } = view;
  let { from, to } = state.selection;
  const there = type.isInSet(state.selection.$from.marks()) ?? markIn(state.doc, from, to, type);
  // The whole link, where the cursor is within one.
  if (there && from === to) [from, to] = around(state, there);
  if (!state.selection.$from.parent.inlineContent) return false;

  const box = element("dialog", { className: "link-box", ariaLabel: "Link" });
  const input = element("input", {
    type: "text",
    value: there ? there.attrs.href : "",
    placeholder: "https://, /address, or words of a headline",
    autocomplete: "off",
  });
  for (const [name, value] of Object.entries({
    "aria-label": "Address of the link",
    role: "combobox",
    "aria-expanded": "false",
    "aria-controls": "link-found",
  }))
    input.setAttribute(name, value);
  const list = element("div", {
    className: "link-found",
    id: "link-found",
    role: "listbox",
    ariaLabel: "Pages of the paper",
    hidden: true,
  });
  const wrong = element("p", { className: "wrong", hidden: true });
  const button = (words, className, act) => {
    const made = element("button", { type: "button", className, textContent: words });
    made.addEventListener("click", act);
    return made;
  };
  const close = () => {
    box.close();
    box.remove();
    view.focus();
  };

  const set = (href, words = href) => {
    if (href === "") return remove();
    if (!/^(https?:\/\/|mailto:|\/|#)\S+$/.test(href)) return say("An address begins with https://, or with / for a page of this paper.");
    const { tr, schema } = view.state;
    if (from === to) tr.insert(from, schema.text(words, [type.create({ href })]));
    else tr.removeMark(from, to, type).addMark(from, to, type.create({ href, title: there ? there.attrs.title : null }));
    view.dispatch(tr.removeStoredMark(type));
    close();
  };
  const remove = () => {
    view.dispatch(view.state.tr.removeMark(from, to, type));
    close();
  };
  const say = words => {
    wrong.textContent = words;
    wrong.hidden = false;
    input.focus();
  };

  let found = [],
    chosen = -1,
    timer,
    asked = 0;
  const take = ({ name, href, note }) => (href ? set(href, name) : say(`“${name}” cannot be linked to. ${note}.`));
  const show = () => {
    list.replaceChildren(
      ...found.map((one, i) => {
        const option = element("div", { id: `link-option-${i}`, className: "surface-option", role: "option", tabIndex: -1 });
        option.setAttribute("aria-selected", String(i === chosen));
        if (!one.href) option.setAttribute("aria-disabled", "true");
        option.append(element("bdi", { textContent: one.name }), element("small", { textContent: one.note }));
        option.addEventListener("click", () => take(one));
        return option;
      }),
    );
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (chosen >= 0) input.setAttribute("aria-activedescendant", `link-option-${chosen}`);
    else input.removeAttribute("aria-activedescendant");
    list.children[chosen]?.scrollIntoView({ block: "nearest" });
  };
  const look = async () => {
    const words = input.value.trim(),
      request = ++asked;
    if (words.length < 2 || /^(https?:|mailto:|\/|#)/.test(words)) {
      found = [];
      chosen = -1;
      return show();
    }
    try {
      const answer = await fetch(`/admin/stories/new?handler=Links&q=${encodeURIComponent(words.slice(0, 200))}`, {
        headers: { "X-Requested-With": "fetch" },
        redirect: "manual",
      });
      if (request !== asked || !answer.ok) return;
      found = await answer.json();
      chosen = found.length > 0 ? 0 : -1;
      show();
    } catch {
      /* an address can be typed */
    }
  };

  input.addEventListener("input", () => {
    wrong.hidden = true;
    clearTimeout(timer);
    timer = setTimeout(look, 200);
  });
  input.addEventListener("keydown", event => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length > 0) {
      chosen = (chosen + step + found.length) % found.length;
      show();
      event.preventDefault();
    }
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (chosen >= 0) take(found[chosen]);
    else set(input.value.trim());
  });
  box.append(
    input,
    list,
    button("Set link", "", () => (chosen >= 0 ? take(found[chosen]) : set(input.value.trim()))),
    ...(there ? [button("Remove link", "second", remove)] : []),
    button("Cancel", "second", close),
    wrong,
  );
  box.addEventListener("cancel", event => {
    event.preventDefault();
    close();
  });
  document.body.append(box);
  box.showModal();
  const { left, bottom } = view.coordsAtPos(from);
  box.style.insetBlockStart = `${Math.max(8, Math.min(bottom + 8, innerHeight - 320))}px`;
  box.style.insetInlineStart = `${Math.max(8, Math.min(left, innerWidth - box.offsetWidth - 8))}px`;
  input.select();
  return true;
}

const element = (name, { role, ariaLabel, ...properties }) => {
  const made = Object.assign(document.createElement(name), properties);
  if (role) made.setAttribute("role", role);
  if (ariaLabel) made.setAttribute("aria-label", ariaLabel);
  return made;
};

function markIn(doc, from, to, type) {
  let found = null;
  doc.nodesBetween(from, to, node => {
    found ??= type.isInSet(node.marks) ?? null;
  });
  return found;
}

function around(state, mark) {
  const { $from } = state.selection;
  let start = $from.start(),
    end = start;
  const { parent } = $from;
  let at = $from.start();
  parent.forEach(child => {
    if (mark.isInSet(child.marks)) {
      if (end < at) start = at;
      end = at + child.nodeSize;
    } else if (at < $from.pos) start = end = at + child.nodeSize;
    at += child.nodeSize;
  });
  return [start, end];
}
