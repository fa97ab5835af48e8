// What comes from a clipboard, without the layout that came along: word processors' lists, tables, notes and deletions as what they mean.

const DELETED = "del, s, strike, [data-style*='line-through'], .MsoCommentReference, [data-style*='mso-element:comment']";
const NOTHING =
  "script, style, meta, link, title, head, xml, iframe, object, embed, template, noscript, svg, " +
  "button, input, select, textarea, img, colgroup";

/** @returns the body of a document that holds what is meant, in plain elements. */
export function clean(html) {
  // Word writes conditions into its HTML that are no comments: what stands in them is for programs that know no lists.
  const page = new DOMParser().parseFromString(readable(html), "text/html");
  const { body } = page;
  for (const gone of body.querySelectorAll(`${DELETED}, ${NOTHING}`)) gone.remove();
  for (const named of [...body.querySelectorAll("*")]) if (named.localName.includes(":")) named.replaceWith(...named.childNodes);
  notes(page);
  wordLists(page);
  emphasis(body);
  nestLists(body);
  for (const link of body.querySelectorAll("a")) follow(link);
  for (const table of body.querySelectorAll("table")) flatten(table);
  for (const caption of body.querySelectorAll("figcaption")) caption.replaceWith(element(page, "p", ...caption.childNodes));
  spaces(body);
  return body;
}

// The policy of the page refuses styles, and says so of each: here they are words to be read, and nothing more.
export function readable(html) {
  return html
    .replace(/<style\b[\s\S]*?<\/style>/gi, "")
    .replace(/<!\[(?:if !support\w+|endif)\]>/gi, "")
    .replace(/<[a-z][^<>]*>/gi, tag =>
      tag.replace(/(\s)style(\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+))/gi, (_, space, rest) => `${space}data-style${rest.replace(/:\s+/g, ":")}`),
    );
}

/** What a style says of one property. */
const styled = (node, property) =>
  new RegExp(`(?:^|;)\\s*${property}\\s*:\\s*([^;]+)`, "i")
    .exec(node.dataset.style ?? "")?.[1]
    .trim()
    .toLowerCase() ?? "";

// Word processors say bold and italic by style, and wrap whole documents in a bold that is none.
function emphasis(body) {
  for (const node of [...body.querySelectorAll("[data-style]")]) {
    const [weight, slant] = [styled(node, "font-weight"), styled(node, "font-style")];
    const inHeading = node.closest("h1, h2, h3, h4, h5, h6, th") !== null;
    if (node.matches("b, strong") && /^(normal|400|300)$/.test(weight)) {
      node.replaceWith(...node.childNodes);
      continue;
    }
    if (node.matches("i, em") && slant === "normal") {
      node.replaceWith(...node.childNodes);
      continue;
    }
    if (!node.matches("span, a, font")) continue;
    for (const [says, name] of [
      [/^(bold|bolder|[6-9]\d\d)$/.test(weight) && !inHeading, "strong"],
      [/^(italic|oblique)/.test(slant), "em"],
    ]) {
      if (!says || node.closest(name)) continue;
      const mark = node.ownerDocument.createElement(name);
      mark.append(...node.childNodes);
      node.append(mark);
    }
  }
}

const element = (page, name, ...children) => {
  const made = page.createElement(name);
  made.append(...children);
  return made;
};

/** The address that a redirect leads to, within the paper without its host; relative ones and scripts lead nowhere from here. */
function unwrapped(href) {
  let address;
  try {
    address = new URL(href);
  } catch {
    return null;
  }
  if (address.origin === location.origin) return address.pathname + address.search + address.hash;
  for (const [host, name] of [
    [/(^|\.)google\.\w+(\.\w+)?$/, "q"],
    [/(^|\.)google\.\w+(\.\w+)?$/, "url"],
    [/safelinks\.protection\.outlook\.com$/, "url"],
    [/(^|\.)facebook\.com$/, "u"],
    [/(^|\.)linkedin\.com$/, "url"],
    [/(^|\.)t\.umblr\.com$/, "z"],
  ]) {
    const to =
      host.test(address.hostname) && /^\/(url|l\.php|redir\S*|safety\S*|redirect|)$/.test(address.pathname)
        ? address.searchParams.get(name)
        : null;
    if (to && /^https?:/.test(to)) return to;
  }
  return /^(https?|mailto|tel):$/.test(address.protocol) ? href : null;
}

function follow(link) {
  const href = link.getAttribute("href");
  // A note whose text was not copied along leads nowhere.
  const to = href && !/#_?(ftn|edn)/.test(href) && unwrapped(href);
  if (to) link.setAttribute("href", to);
  else link.replaceWith(...link.childNodes);
}

// Notes of Word and of Docs: marks in the text that lead to paragraphs at the end.
function notes(page) {
  let n = 0;
  for (const mark of [...page.body.querySelectorAll("a[href*='#_ftn']:not([href*='ftnref']), a[href*='#ftnt']:not([href*='ftnt_ref'])")]) {
    const name = mark.getAttribute("href").split("#")[1];
    const back = page.body.querySelector(`a[name="${CSS.escape(name)}"], a[id="${CSS.escape(name)}"]`);
    const text = back?.closest("p, div[data-style*='mso-element:footnote']");
    if (!text || text.contains(mark)) continue;
    back.remove();
    n++;
    const sup = mark.closest("sup") ?? mark;
    sup.replaceWith(Object.assign(page.createElement("sup"), { className: "note-mark", textContent: String(n) }));
    const block = text.matches("p") ? text : (text.querySelector("p") ?? text);
    const note = element(page, "div", element(page, "p", ...block.childNodes));
    note.className = "note-text";
    note.dataset.label = String(n);
    (text.closest("div[data-style*='mso-element:footnote']") ?? text).remove();
    page.body.append(note);
  }
  for (const list of page.body.querySelectorAll("div[data-style*='mso-element:footnote-list']")) {
    for (const line of list.querySelectorAll("hr, br")) line.remove();
    list.replaceWith(...list.childNodes);
  }
}

// Word's lists are paragraphs that say their level; the sign before the words tells a numbered list from another.
function wordLists(page) {
  const at = p => /mso-list:\s*l(\d+)\s+level(\d+)/.exec(p.dataset.style ?? "");
  let lists = [],
    before = null;
  for (const p of [...page.body.querySelectorAll("p, h1, h2, h3, h4, h5, h6")]) {
    const place = p.matches("p") && at(p);
    const sign = p.querySelector("[data-style*='mso-list:Ignore']");
    if (!place) {
      lists = [];
      before = null;
      continue;
    }
    const [, id, level] = [null, place[1], Number(place[2])];
    const numbered = /^\s*(\(?[\da-zA-Z]{1,4}[.)])/.test(sign?.textContent ?? p.dataset.sign ?? "");
    (sign?.closest("span[data-style*='font-family:Symbol']") ?? sign)?.remove();
    const follows = before !== null && p.previousElementSibling === before;
    if (!follows || lists[0]?.id !== id) lists = [];
    lists.length = Math.min(lists.length, level);
    while (lists.length < level) {
      const list = element(page, numbered ? "ol" : "ul");
      const parent = lists.at(-1)?.list;
      if (parent) (parent.lastElementChild ?? parent.appendChild(page.createElement("li"))).append(list);
      else {
        p.before(list);
        before = list;
      }
      lists.push({ id, list });
    }
    lists.at(-1).list.append(element(page, "li", ...p.childNodes));
    p.remove();
  }
}

// Docs puts a nested list beside the item that it belongs to.
function nestLists(body) {
  for (const list of [...body.querySelectorAll("ul > ul, ul > ol, ol > ul, ol > ol")]) {
    const item = list.previousElementSibling;
    if (item?.matches("li")) item.append(list);
    else list.replaceWith(...list.childNodes);
  }
}

// A table without spans and without blocks in its cells; its first line is the heading.
function flatten(table) {
  const page = table.ownerDocument;
  if (table.parentElement.closest("table")) {
    table.replaceWith(...[...table.querySelectorAll("td, th")].flatMap(cell => [...cell.childNodes, " "]));
    return;
  }
  const rows = [];
  for (const [r, row] of [...table.rows].entries()) {
    rows[r] ??= [];
    let c = 0;
    for (const cell of row.cells) {
      while (rows[r][c] !== undefined) c++;
      for (let down = 0; down < Math.min(cell.rowSpan, table.rows.length - r); down++)
        for (let along = 0; along < Math.min(cell.colSpan, 50); along++)
          (rows[r + down] ??= [])[c + along] = down + along === 0 ? cell : null;
      c += cell.colSpan;
    }
  }
  const width = Math.max(0, ...rows.map(row => row.length));
  if (width === 0) {
    table.remove();
    return;
  }
  // One column, or one line of one cell, is layout and no table.
  if (width === 1) {
    table.replaceWith(...[...table.querySelectorAll("td, th")].map(cell => element(page, "div", ...cell.childNodes)));
    return;
  }
  const made = element(
    page,
    "table",
    ...rows.map((row, r) =>
      element(
        page,
        "tr",
        ...Array.from({ length: width }, (_, c) => {
          const cell = row[c];
          const one = page.createElement(r === 0 ? "th" : "td");
          if (!cell) return one;
          const inner = cell.querySelector("p");
          const align =
            styled(cell, "text-align") ||
            cell.getAttribute("align") ||
            (inner && (styled(inner, "text-align") || inner.getAttribute("align")));
          if (/^(right|center|end)$/.test(align)) one.setAttribute("align", align === "end" ? "right" : align);
          const blocks = [...cell.querySelectorAll("p, div, li, h1, h2, h3, h4, h5, h6")];
          for (const block of blocks) block.replaceWith(...block.childNodes, " ");
          // A heading is bold by itself.
          if (r === 0) for (const bold of [...cell.querySelectorAll("b, strong")]) bold.replaceWith(...bold.childNodes);
          one.append(...cell.childNodes);
          return one;
        }),
      ),
    ),
  );
  table.replaceWith(made);
}

// A space at the edge of bold belongs beside it; paragraphs of nothing are the distance between two others.
function spaces(body) {
  for (const bold of [...body.querySelectorAll("b, strong, i, em, a")]) {
    const [first, last] = [bold.firstChild, bold.lastChild];
    if (first?.nodeType === 3 && /^\s/.test(first.data)) {
      bold.before(" ");
      first.data = first.data.trimStart();
    }
    if (last?.nodeType === 3 && /\s$/.test(last.data)) {
      bold.after(" ");
      last.data = last.data.trimEnd();
    }
    if (bold.textContent === "" && !bold.querySelector("*")) bold.remove();
  }
  for (const p of [...body.querySelectorAll("p, div, h1, h2, h3, h4, h5, h6")])
    if (p.textContent.replaceAll("\u00a0", " ").trim() === "" && !p.querySelector("table, ul, ol, hr")) p.remove();
  // Docs separates blocks by line ends of its own, and Chrome marks the end of what was copied.
  for (const br of [...body.querySelectorAll("br")]) {
    const beside = node =>
      !node ||
      (node.nodeType === 1 && node.matches("p, h1, h2, h3, h4, h5, h6, ul, ol, table, blockquote, pre, div, hr")) ||
      (node.nodeType === 3 && node.data.trim() === "" && !node.nextSibling);
    if (
      br.className === "Apple-interchange-newline" ||
      (beside(br.previousSibling) && beside(br.nextSibling)) ||
      (!br.nextSibling && br.parentElement.matches("p, li, div, td, th"))
    )
      br.remove();
  }
}
