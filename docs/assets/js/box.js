/* The traceback box: what is pasted is matched here, in the browser, and nothing is sent anywhere. */
import { View } from "./box_view.js";
import { searchWords } from "./box_words.js";

const MOST_CHARACTERS = 400_000;
const MOST_LINES = 5_000;
const KEPT = 20_000;
const PAUSE = 150;
const LONGEST_LINE = 2_000;
/* A single short line without an exception's look is a question in words. */
const LOOKS_LIKE_ERROR = /\w(Error|Exception|Warning|Interrupt)\b|Traceback|File "|错误:/;

/** The end of a text, which is where the error is; whole lines. */
function shortened(text) {
  let kept = text.slice(-MOST_CHARACTERS);
  const lines = kept.split("\n");
  if (lines.length > MOST_LINES) kept = lines.slice(-MOST_LINES).join("\n");
  return kept;
}

async function json(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status} ${address}`);
  return response.json();
}

function stored(key, value) {
  try {
    if (value === undefined) return sessionStorage.getItem(key);
    sessionStorage.setItem(key, value);
  } catch {
    // Storage is forbidden: the box works, and forgets.
  }
  return null;
}

class Box {
  constructor(root) {
    this.root = root;
    this.form = root.querySelector("form");
    this.text = root.querySelector("textarea");
    this.view = new View(root);
    this.asked = 0;
  }

  enable() {
    this.form.hidden = false;
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.view.first()?.click();
    });
    this.text.addEventListener("focus", () => this.load().catch(() => {}), { once: true });
    this.text.addEventListener("paste", (event) => this.paste(event));
    this.text.addEventListener("input", () => this.soon());
    this.root.addEventListener("keydown", (event) => this.key(event));
    this.view.onFollow = (match) => {
      stored("provenfix:paste", JSON.stringify({ entry: match.entry, line: match.line.slice(0, LONGEST_LINE) }));
    };
    const before = new URLSearchParams(location.search).get("q") ?? stored("provenfix:box");
    if (before) {
      this.text.value = shortened(before);
      this.run();
    }
  }

  /** Both files, once; a failure may be tried again. */
  load() {
    this.loading ??= this.fetchAll().catch((error) => {
      this.loading = undefined;
      throw error;
    });
    return this.loading;
  }

  async fetchAll() {
    const { match, signatures, entries } = this.root.dataset;
    const [{ compile }, exported, known] = await Promise.all([
      import(new URL(match, location.href)),
      json(signatures),
      json(entries),
    ]);
    return { matcher: compile(exported), known };
  }

  /** A long text never gets into the field: its end is enough, and the page stays quick. */
  paste(event) {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const kept = shortened(text);
    this.view.cut = kept.length < text.length;
    if (this.view.cut) {
      event.preventDefault();
      this.text.value = kept;
    }
    // The field has the text after this event.
    setTimeout(() => this.run());
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.run(), PAUSE);
  }

  async run() {
    clearTimeout(this.timer);
    const asked = ++this.asked;
    const text = shortened(this.text.value);
    stored("provenfix:box", text.slice(-KEPT));
    if (!text.trim()) {
      this.view.clear();
      return;
    }
    let loaded;
    try {
      loaded = await this.load();
    } catch {
      this.view.failed(() => this.run());
      return;
    }
    if (asked !== this.asked) return;
    const result = loaded.matcher.match(text);
    this.view.show(result, loaded.known);
    if (!result.matches.length && !text.trim().includes("\n") && !LOOKS_LIKE_ERROR.test(text)) {
      await this.words(text.trim(), asked, loaded.known);
    }
  }

  async words(question, asked, known) {
    try {
      const found = await searchWords(question, this.root.dataset);
      if (asked === this.asked) this.view.words(found, known);
    } catch {
      if (asked === this.asked) this.view.failed(() => this.run());
    }
  }

  /** Arrows walk through the results; Escape leads back to the field. */
  key(event) {
    const links = this.view.links();
    const place = links.indexOf(document.activeElement);
    if (event.key === "Enter" && event.target === this.text && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.view.first()?.click();
    } else if (event.key === "ArrowDown" && links.length && (place >= 0 || this.atEnd(event.target))) {
      event.preventDefault();
      links[Math.min(place + 1, links.length - 1)].focus();
    } else if (event.key === "ArrowUp" && place >= 0) {
      event.preventDefault();
      (links[place - 1] ?? this.text).focus();
    } else if (event.key === "Escape" && place >= 0) {
      event.preventDefault();
      event.stopPropagation();
      this.text.focus();
    }
  }

  atEnd(target) {
    return target === this.text && this.text.selectionEnd === this.text.value.length;
  }
}

/**
 * Brings a box to life.
 *
 * @param {HTMLElement} root The element with `data-pf-box`.
 * @returns {HTMLTextAreaElement} The field.
 */
export function enable(root) {
  const box = new Box(root);
  box.enable();
  return box.text;
}
