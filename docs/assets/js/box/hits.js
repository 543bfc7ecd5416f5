/* What the box shows. A paste is a stranger's text: it only ever becomes text. */

import { say } from "./text.js";

const LONGEST_LINE = 300;

/**
 * An element.
 *
 * @param {string} name Its tag.
 * @param {string} kind Its class, or nothing.
 * @param {...(Node | string)} children What it holds.
 * @returns {HTMLElement}
 */
export function element(name, kind, ...children) {
  const made = document.createElement(name);
  if (kind) made.className = kind;
  made.append(...children);
  return made;
}

function prose(text) {
  return text.split("`").map((part, index) => (index % 2 ? element("code", "", part) : part));
}

function short(text) {
  const said = text.trim();
  return said.length > LONGEST_LINE ? `${said.slice(0, LONGEST_LINE - 1)}…` : said;
}

function link(address, kind, ...children) {
  const made = element("a", kind, ...children);
  made.href = address;
  return made;
}

function titled(box, slug) {
  const words = box.words[slug] ?? { title: slug, url: "", fix: "", waiting: "" };
  const title = prose(words.title);
  if (!words.url) return { words, head: element("span", "pf-hit__title", ...title) };
  return { words, head: link(new URL(words.url, box.root), "pf-hit__title", ...title) };
}

function waiting(box, words) {
  const badge = element("span", "pf-badge pf-badge--waiting", say(box.form, "waiting"));
  const why = say(box.form, "waiting-why", { reason: words.waiting });
  const home = box.language === "en" ? "" : `${box.language}/`;
  const status = link(new URL(`${home}status/`, box.root), "", say(box.form, "status"));
  return element("p", "pf-hit__fix", badge, " ", why, " ", status);
}

/* An entry that fits: its title, the line that it is known by, its first fix. */
function match(box, { entry, line }) {
  const { words, head } = titled(box, entry);
  head.dataset.entry = entry;
  head.dataset.line = line;
  const fix = say(box.form, "fix", { title: words.fix });
  return element(
    "li",
    "pf-hit",
    head,
    element("code", "pf-hit__line", short(line)),
    words.url ? element("p", "pf-hit__fix", ...prose(fix)) : waiting(box, words),
  );
}

function near(box, { entry }) {
  const { words, head } = titled(box, entry);
  const badge = element("span", "pf-badge", say(box.form, "near"));
  const parts = words.url ? [badge] : [badge, waiting(box, words)];
  return element("li", "pf-hit pf-hit--near", head, " ", ...parts);
}

function wrapper(box, kind) {
  const own = `wrapper-${kind.replaceAll("_", "-")}`;
  const known = box.form.hasAttribute(`data-${own}`) ? own : "wrapper-other";
  const lines = say(box.form, known);
  return element("p", "pf-box__note", say(box.form, "wrapper", { lines }));
}

/**
 * What is shown of a result of the matcher.
 *
 * @param {{form: HTMLFormElement, root: URL, language: string, words: object}} box Whose result it is.
 * @param {import("../match.js").Result} result The result.
 * @returns {HTMLElement[]}
 */
export function hits(box, result) {
  const parts = [];
  if (result.wrapper) parts.push(wrapper(box, result.wrapper));
  if (result.matches.length) {
    const many = result.matches.length > 1 ? " pf-hits--many" : "";
    const items = result.matches.map((one) => match(box, one));
    return [...parts, element("ol", `pf-hits${many}`, ...items)];
  }
  if (!result.wrapper) parts.push(element("p", "pf-box__note", say(box.form, "none-paste")));
  if (result.nearest.length) {
    const items = result.nearest.map((one) => near(box, one));
    parts.push(element("p", "", say(box.form, "nearest")), element("ul", "pf-hits", ...items));
  }
  return parts;
}

/**
 * Entries that wait for a run, as hits.
 *
 * @param {{form: HTMLFormElement, root: URL, language: string, words: object}} box Whose hits they are.
 * @param {string[]} slugs The entries.
 * @returns {HTMLElement}
 */
export function listOfWaiting(box, slugs) {
  const items = slugs.map((slug) => {
    const { words, head } = titled(box, slug);
    return element("li", "pf-hit", head, waiting(box, words));
  });
  return element("ul", "pf-hits", ...items);
}

/**
 * The pages that have the words.
 *
 * @param {string} title What stands above them.
 * @param {string} language Their language.
 * @param {{title: string, url: string, excerpt: string}[]} pages The pages.
 * @returns {HTMLElement}
 */
export function listOfPages(title, language, pages) {
  const items = pages.map((page) =>
    element(
      "li",
      "pf-hit",
      link(page.url, "pf-hit__title", page.title),
      element("p", "pf-hit__excerpt", page.excerpt),
    ),
  );
  const list = element("ul", "pf-hits", ...items);
  list.lang = language;
  return element("section", "", element("p", "pf-box__title", title), list);
}
