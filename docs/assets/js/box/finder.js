/* The matcher in its worker, and the words of the entries. Loaded once; a failed load may be tried again. */

const LONGEST_MATCH = 10_000;

class Worked {
  constructor() {
    this.waiting = new Map();
    this.asked = 0;
    this.worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
    this.worker.addEventListener("message", ({ data }) => this.#answer(data));
    this.worker.addEventListener("error", () => this.end());
  }

  ask(question) {
    const number = (this.asked += 1);
    return new Promise((resolve, reject) => {
      // A slow network is no reason to give up, a text that takes this long is.
      const late = question.load ? 0 : setTimeout(() => this.end(), LONGEST_MATCH);
      this.waiting.set(number, { resolve, reject, late });
      this.worker.postMessage({ number, ...question });
    });
  }

  /* Also when an answer is overdue: the next load starts another worker. */
  end() {
    this.worker.terminate();
    for (const number of [...this.waiting.keys()]) this.#answer({ number, failed: true });
  }

  #answer({ number, result, failed }) {
    const one = this.waiting.get(number);
    if (!one) return;
    this.waiting.delete(number);
    clearTimeout(one.late);
    if (failed) one.reject(new Error("the worker failed"));
    else one.resolve(result);
  }
}

async function json(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(response.statusText);
  return response.json();
}

async function load(root, language) {
  const worked = new Worked();
  try {
    const [words] = await Promise.all([
      json(new URL(`api/words-${language}.json`, root)),
      worked.ask({ load: new URL("api/v1/signatures.json", root).href }),
    ]);
    return { words, match: (text) => worked.ask({ text }) };
  } catch (error) {
    worked.end();
    throw error;
  }
}

/** Finds the errors in a text. */
export class Finder {
  /**
   * @param {URL} root The site's root.
   * @param {string} language The language of the words.
   */
  constructor(root, language) {
    this.root = root;
    this.language = language;
  }

  /**
   * The words of the entries, by slug, and the matcher.
   *
   * @returns {Promise<{words: object, match: (text: string) => Promise<object>}>}
   */
  load() {
    this.loading ??= load(this.root, this.language);
    return this.loading;
  }

  /** Forgets what was loaded, so that the next call loads it again. */
  forget() {
    this.loading = undefined;
  }
}
