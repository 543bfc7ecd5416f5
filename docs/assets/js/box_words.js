/* Search in words: Pagefind, loaded on first use, one index for each language. */

const MOST = 8;
const FEW = 3;
const instances = new Map();

/** Pagefind chooses its index by the page's language, so the other one is asked for by name. */
async function instance(address, language) {
  if (!instances.has(language)) {
    const pagefind = await import(new URL(address, location.href));
    const made = pagefind.createInstance({ language });
    await made.init(language);
    instances.set(language, made);
  }
  return instances.get(language);
}

async function search(question, address, language) {
  const { results } = await (await instance(address, language)).search(question);
  const pages = await Promise.all(results.slice(0, MOST).map((result) => result.data()));
  return pages.map(({ url, meta }) => ({ url, title: meta.title, language }));
}

/**
 * Pages that hold the words.
 *
 * @param {string} question What the reader typed.
 * @param {{pagefind: string}} dataset Where Pagefind is.
 * @returns {Promise<{own: object[], other: object[]}>} In the page's language; in the other one, if those are few.
 */
export async function searchWords(question, { pagefind }) {
  const language = document.documentElement.lang.startsWith("zh") ? "zh" : "en";
  const own = await search(question, pagefind, language);
  const other = own.length < FEW ? await search(question, pagefind, language === "en" ? "zh" : "en") : [];
  return { own, other };
}
