/* One box: a text goes in, what is known about its errors comes out below it. */

import { Finder } from "./finder.js";
import { element, hits, listOfPages, listOfWaiting } from "./hits.js";
import { enableKeys } from "./keys.js";
import { pagesWith, waitingWith } from "./pages.js";
import { report } from "./report.js";
import { PATIENCE, isWords, say } from "./text.js";

const PAUSE = 150;
const FEW = 3;
const LEAST_OF_WORDS = 2;
const MOST_OF_WORDS = 0.6;
const LONGEST_KEPT = 100_000;
const LONGEST_QUERY = 160;

/** A box that reads what its field holds. */
export class Box {
  /** @param {HTMLFormElement} form The box's form; its `data-` attributes hold its sentences. */
  constructor(form) {
    this.form = form;
    this.field = form.querySelector("textarea");
    this.status = form.querySelector("[role=status]");
    this.shown = form.querySelector(".pf-box__results");
    this.clear = form.querySelector("[data-pf-clear]");
    this.root = new URL(form.dataset.root, location.href);
    this.language = form.dataset.language;
    this.finder = new Finder(this.root, this.language);
    this.words = {};
    this.asked = 0;
    this.field.addEventListener("input", (event) => this.#onInput(event));
    this.clear.addEventListener("click", () => this.#empty());
    this.shown.addEventListener("click", ({ target }) => this.#onFollow(target.closest("a")));
    form.addEventListener("submit", (event) => event.preventDefault());
    enableKeys(this);
    this.finder.load().catch(() => this.#fail("failed"));
    if (this.field.value) this.search();
  }

  /**
   * Looks for what the field holds, or will hold.
   *
   * @param {number} lines How many lines were kept of a text that was cut; 0 if it was not.
   * @param {string} text A text that the field will hold.
   * @returns {Promise<void>} Fulfilled when everything is shown.
   */
  search(lines = 0, text = this.field.value) {
    clearTimeout(this.pause);
    this.pause = undefined;
    const number = (this.asked += 1);
    this.searched = text;
    this.searching = this.#search(number, lines, text).catch(() => {
      if (number === this.asked) this.#fail("failed");
    });
    return this.searching;
  }

  async #search(number, lines, text) {
    if (!text.trim()) {
      this.#show(number, "", []);
      return;
    }
    const { result, words } = await this.#match(number, text);
    this.words = words;
    const short = isWords(text);
    const found = short && !result.matches.length && !result.wrapper ? [] : hits(this, result);
    const cut = lines ? `${say(this.form, "cut", { count: lines })} ` : "";
    this.#show(number, `${cut}${this.#sentence(result, short)}`, found);
    const query = (short ? text : result.error).trim().slice(0, LONGEST_QUERY);
    if (result.matches.length) {
      if (short) this.#addPages(number, query, true);
      return;
    }
    if (result.wrapper) return;
    await this.#addPages(number, query, !short);
    if (!short && number === this.asked) this.shown.append(...report(this.form, result.error));
  }

  /* Nothing on the page changes before the result unless it is late: to lay the page out again takes
     longer than to find an error. */
  async #match(number, text) {
    const late = setTimeout(() => {
      if (number === this.asked) this.status.textContent ||= say(this.form, "loading");
    }, PATIENCE);
    try {
      const { match, words } = await this.finder.load();
      return { result: await match(text), words };
    } finally {
      clearTimeout(late);
    }
  }

  #sentence({ matches, wrapper }, short) {
    if (matches.length > 1) return say(this.form, "several", { count: matches.length });
    if (matches.length) return say(this.form, "one");
    return short || wrapper ? "" : say(this.form, "none");
  }

  /* Pages with the words of a query; they are all there is to show unless something else was found. */
  async #addPages(number, query, besides) {
    if (query.length < LEAST_OF_WORDS) return;
    const other = this.language === "en" ? "zh" : "en";
    try {
      const most = besides ? 1 : MOST_OF_WORDS;
      const own = await pagesWith(this.root, this.language, query, most);
      const more = own.length < FEW ? await pagesWith(this.root, other, query, most) : [];
      const waiting = besides ? [] : waitingWith(this.words, this.language, query);
      if (number !== this.asked) return;
      if (waiting.length) this.shown.append(listOfWaiting(this, waiting));
      this.#list("words-title", this.language, own);
      this.#list("words-other", other, more);
      if (besides) return;
      const count = waiting.length + own.length + more.length;
      const key = count ? (count > 1 ? "words-several" : "words-one") : "words-none";
      this.status.textContent = say(this.form, key, { count });
    } catch {
      if (number === this.asked && !besides) this.#fail("failed-words");
    }
  }

  #list(key, language, pages) {
    if (pages.length) this.shown.append(listOfPages(say(this.form, key), language, pages));
  }

  #show(number, sentence, parts) {
    if (number !== this.asked) return;
    this.clear.hidden = !this.searched;
    this.status.textContent = sentence;
    this.shown.replaceChildren(...parts);
  }

  #fail(key) {
    const again = element("button", "pf-box__again", say(this.form, "again"));
    again.type = "button";
    again.addEventListener("click", () => {
      this.field.focus();
      this.search();
    });
    this.finder.forget();
    this.clear.hidden = !this.searched;
    this.status.textContent = say(this.form, key);
    this.shown.replaceChildren(again);
  }

  #empty() {
    this.field.value = "";
    this.search();
    this.field.focus();
  }

  #onInput({ inputType }) {
    clearTimeout(this.pause);
    if (inputType.startsWith("insertFrom")) this.search();
    else this.pause = setTimeout(() => this.search(), PAUSE);
  }

  /* Remembers the paste for the page that is opened, and for the way back. */
  #onFollow(link) {
    if (!link) return;
    const { entry, line } = link.dataset;
    try {
      if (entry) sessionStorage.setItem("provenfix:paste", JSON.stringify({ entry, line }));
      sessionStorage.setItem("provenfix:box", this.field.value.slice(-LONGEST_KEPT));
      history.replaceState({ ...history.state, provenfixBox: true }, "");
    } catch {
      // Storage is forbidden: the page then shows the recorded line, and the way back an empty box.
    }
  }
}
