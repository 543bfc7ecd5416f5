/* Free text: Pagefind's index of the pages, one per language, loaded on first use. */

const SHOWN = 6;
const LOOKED_AT = 12;
const FEW = 3;
const LEAST_LETTERS = 3;
const HAN = /\p{Script=Han}/u;
/* What Pagefind puts between the words of Chinese. */
const BETWEEN = "\u200b";

const instances = new Map();
let loading;

async function instance(root, language) {
  loading ??= Promise.all([import(new URL("pagefind/pagefind.js", root)), furtherShards(root)]);
  try {
    const [pagefind, shards] = await loading;
    if (!instances.has(language)) {
      instances.set(language, whole(made(pagefind, root, language), root, shards[language] ?? []));
    }
    return await instances.get(language);
  } catch (error) {
    loading = undefined;
    instances.delete(language);
    throw error;
  }
}

/* The folders with the shards of each language's index, beside the one that Pagefind loads itself. */
async function furtherShards(root) {
  const answer = await fetch(new URL("pagefind/shards.json", root), { cache: "no-cache" });
  if (!answer.ok) throw new Error(`shards.json: ${answer.status}`);
  return answer.json();
}

async function whole(index, root, shards) {
  // To merge waits for ever if the first shard could not be loaded; to search fails.
  if (shards.length) await index.search("");
  const options = { baseUrl: root.pathname };
  const folders = shards.map((name) => `${root.pathname}pagefind/${name}/`);
  await Promise.all(folders.map((folder) => index.mergeIndex(folder, options)));
  return index;
}

/* Pagefind takes the language of an instance from the page and has no other way to choose it. */
function made(pagefind, root, language) {
  const html = document.documentElement;
  const shown = html.lang;
  html.lang = language;
  try {
    return pagefind.createInstance({ baseUrl: root.pathname });
  } finally {
    html.lang = shown;
  }
}

/* Words in the form in which a text is searched for them: Chinese in its words, others without their
   endings, as Pagefind takes them. */
function parts(text, language) {
  const words = new Intl.Segmenter(language, { granularity: "word" }).segment(text.toLowerCase());
  const said = [...words].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment);
  return said
    .filter((word) => word.length >= LEAST_LETTERS || HAN.test(word))
    .map((word) => (HAN.test(word) ? word : word.slice(0, Math.max(LEAST_LETTERS, word.length - 3))));
}

/* Whether a text has the words: all of a few, most of many. */
function holds(content, words, most) {
  const text = content.toLowerCase();
  const had = words.filter((word) => text.includes(word)).length;
  return had >= (words.length <= FEW ? words.length : Math.ceil(most * words.length));
}

/**
 * The entries without a page whose titles have all the words; Pagefind cannot know them.
 *
 * @param {Object<string, {title: string, url: string}>} entries The words of the entries, by slug.
 * @param {string} language Their language.
 * @param {string} text The words.
 * @returns {string[]} Their slugs.
 */
export function waitingWith(entries, language, text) {
  const words = parts(text, language);
  const waiting = Object.keys(entries).filter((slug) => !entries[slug].url);
  return words.length ? waiting.filter((slug) => holds(entries[slug].title, words, 1)) : [];
}

/**
 * The pages of a language that have the words.
 *
 * @param {URL} root The site's root.
 * @param {string} language The language of the pages.
 * @param {string} text The words.
 * @param {number} most The part of a long text's words that a page must have, up to 1.
 * @returns {Promise<{title: string, url: string, excerpt: string}[]>}
 */
export async function pagesWith(root, language, text, most) {
  const said = text.trim();
  const words = parts(said, language);
  if (!words.length) return [];
  const found = await (await instance(root, language)).search(said);
  if (!found) throw new Error("Pagefind could not search");
  const first = await Promise.all(found.results.slice(0, LOOKED_AT).map((one) => one.data()));
  // Pagefind drops words that no page has, and shortens others until some page has them.
  return first
    .map((page) => ({ ...page, content: page.content.replaceAll(BETWEEN, "") }))
    .filter(({ content }) => holds(content, words, most))
    .sort((one, other) => other.content.includes(said) - one.content.includes(said))
    .slice(0, SHOWN)
    .map(({ meta, plain_excerpt: excerpt, url }) => {
      return { title: meta.title ?? url, url, excerpt: excerpt.replaceAll(BETWEEN, "") };
    });
}
