/* The page for addresses that lead nowhere: the reader's language first, and what they may have meant. */

const MOST = 3;
const ALIKE = 0.45;

function pairs(text) {
  const found = new Map();
  for (let at = 0; at < text.length - 1; at += 1) {
    const pair = text.slice(at, at + 2);
    found.set(pair, (found.get(pair) ?? 0) + 1);
  }
  return found;
}

/** How much two texts have in common, from 0 to 1: their pairs of neighbouring letters. */
function likeness(one, other) {
  const [mine, theirs] = [pairs(one), pairs(other)];
  let shared = 0;
  for (const [pair, count] of mine) shared += Math.min(count, theirs.get(pair) ?? 0);
  return (2 * shared) / Math.max(1, one.length + other.length - 2);
}

/** The last part of an address that names something, in the letters of slugs. */
function wanted() {
  const parts = location.pathname.split("/").filter((part) => part && part !== "index.html");
  let name = parts.at(-1) ?? "";
  try {
    name = decodeURIComponent(name);
  } catch {
    // Not well encoded: it is compared as it stands.
  }
  return name.toLowerCase().replace(/\.\w+$/, "").replace(/[\s_]+/g, "-");
}

async function suggest(section) {
  const form = section.querySelector("[data-pf-box]");
  const root = new URL(form.dataset.root, location.href);
  const response = await fetch(new URL(`api/words-${form.dataset.language}.json`, root));
  if (!response.ok) return;
  const name = wanted();
  const meant = Object.entries(await response.json())
    .filter(([, { url }]) => url)
    .map(([slug, { title, url }]) => ({ title, url, score: likeness(name, slug) }))
    .filter(({ score }) => score >= ALIKE)
    .sort((one, other) => other.score - one.score)
    .slice(0, MOST);
  const block = section.querySelector(".pf-lost__meant");
  for (const { title, url } of meant) {
    const link = document.createElement("a");
    const item = document.createElement("li");
    link.href = new URL(url, root);
    link.textContent = title.replaceAll("`", "");
    item.append(link);
    block.querySelector("ul").append(item);
  }
  block.hidden = !meant.length;
}

/**
 * Puts the reader's language first, keeps its box only, and offers what the address may have meant.
 *
 * @param {HTMLElement[]} sections One for each language.
 */
export function helpLost(sections) {
  const chinese = navigator.language.toLowerCase().startsWith("zh");
  const own = sections.find((section) => (section.lang === "zh") === chinese);
  const title = document.querySelector(`.pf-lost__title [lang=${own.lang}]`);
  title.parentElement.prepend(title);
  sections[0].before(own);
  for (const section of sections) {
    if (section !== own) section.querySelector("[data-pf-box]").remove();
  }
  suggest(own).catch(() => {
    // Without the words of the entries there is nothing to suggest; the box and the links remain.
  });
}
