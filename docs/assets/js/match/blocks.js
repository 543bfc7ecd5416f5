/* Plain lines -> blocks: what the paste says, without frames and code.
   Twin of src/provenfix/match/blocks.py: change both. */

const LONGEST_BLOCK = 4_000;
const MOST_PREFIXES = 8;
const HEIRS = 3;

const NAME = /\b\w*(?:Error|Exception|Warning|Unsupported|Interrupt|Exit)\b(?= ?[:(\]]|$|')/;
const ENDINGS = /Error|Exception|Warning|Unsupported|Interrupt|Exit/;
const NUMBERED = /^(?:[->]+ ?)?\d+(?: |$)/;
const ARROW = /^(?:-+> ?\d+(?: |$)|>(?: |$))/;
const RULE = /^[-=+*_]{3,}[-=+*_ |]*/;
const TAIL = /(?:[A-Za-z_]+|\d+)$/;
const START = /^(?:[A-Za-z_]+|\d+)/;
const RAISES = /^(?:raise|assert)\b/;
const ASCII = /^[\x00-\x7f]*$/;

/**
 * @typedef {{foreign: boolean, ours: boolean, named: boolean}} Section The surroundings of an error.
 * @typedef {{text: string, section: Section, name: string, path: string, starts: boolean,
 *   soft: boolean}} Block Joined lines; see the fields in blocks.py.
 */

/**
 * A block.
 * @param {string} text
 * @param {Section} section
 * @param {Partial<Block>} [rest]
 * @returns {Block}
 */
export function block(text, section, rest = {}) {
  return { text, section, name: "", path: "", starts: false, soft: false, ...rest };
}

/** @returns {Section} Surroundings without any sign. */
export function section() {
  return { foreign: false, ours: false, named: false };
}

/** Makes blocks, following the rules of an export. */
export class Reader {
  /**
   * @param {object} rules `rules` of signatures.json.
   * @param {Set<string>} vocabulary The words of all signatures.
   * @param {Set<string>} names Exceptions that signatures name.
   */
  constructor(rules, vocabulary, names) {
    this.prefix = new RegExp(`^(?:${rules.prefixes.join("|")})`);
    this.softness = new RegExp(rules.soft);
    this.frame = new RegExp(`^(?:${rules.frames.join("|")})`);
    this.code = new RegExp(`^(?:${rules.code.join("|")})`);
    this.calm = new RegExp(rules.calm);
    this.head = new RegExp(`^(?:${rules.heads.join("|")})`);
    this.foreign = rules.foreign;
    this.ours = new RegExp(rules.ours.join("|"));
    this.vocabulary = vocabulary;
    const usual = new RegExp(`^(?:${NAME.source})$`);
    const odd = [...names].filter((name) => !usual.test(name)).sort();
    this.odd = odd.length ? new RegExp(`\\b(?:${odd.join("|")})(?= ?[:(])`) : null;
  }

  /**
   * The blocks of plain lines.
   * @param {string[]} lines
   * @returns {{blocks: Block[], raised: string}}
   */
  read(lines) {
    const reading = new Reading(this, this.isForeign(lines.join("\n")));
    for (const line of lines) reading.line(line);
    return { blocks: reading.blocks, raised: reading.raised };
  }

  /* A line without what stands before it; whether it is indented; whether it is no error. */
  strip(whole) {
    let line = whole;
    let soft = false;
    let rest = unindented(line);
    let indented = rest.length < line.length;
    for (let turn = 0; turn < MOST_PREFIXES; turn += 1) {
      const found = this.prefix.exec(rest);
      if (!found) break;
      soft ||= this.softness.test(found[0]);
      line = rest.slice(found[0].length);
      rest = unindented(line);
      // One blank parts a prefix from its line, three part pytest's "E" from its own.
      indented = line.length - rest.length > (found[0] === "E" ? 3 : 1);
    }
    return [rest, indented, soft];
  }

  named(text) {
    const found = ENDINGS.test(text) ? NAME.exec(text) : null;
    return found ?? this.odd?.exec(text) ?? null;
  }

  isForeign(text) {
    return this.foreign.some((sign) => text.includes(sign));
  }

  marks(text, around) {
    around.foreign ||= this.isForeign(text);
    around.ours ||= this.ours.test(text);
  }

  place(text) {
    if (this.head.test(text)) return "head";
    return this.frame.test(text) ? "frame" : "";
  }

  /* Two lines as one: a word that a box or a terminal broke is whole again. */
  join(before, after) {
    const tail = TAIL.exec(before.slice(-40));
    const start = START.exec(after);
    if (tail && start && this.broken(tail[0].toLowerCase(), start[0].toLowerCase())) {
      return before + after;
    }
    return `${before} ${after}`;
  }

  broken(tail, start) {
    const digits = [tail, start].filter((part) => /^\d/.test(part)).length;
    if (digits) return digits === 2;
    const known = this.vocabulary;
    return known.has(tail + start) && !(known.has(tail) && known.has(start));
  }
}

/* One walk through the lines of a paste. */
class Reading {
  constructor(reader, mixed) {
    this.reader = reader;
    this.mixed = mixed;
    this.blocks = [];
    this.raised = "";
    this.section = section();
    this.block = null;
    this.heir = block("", this.section);
    this.heirs = 0;
    this.inCode = false;
    this.first = false;
    this.shifted = false;
    this.framed = false;
  }

  line(line) {
    const [rest, indented, soft] = this.reader.strip(line);
    let text = trimmed(rest);
    if (!text || (ASCII.test(text) && !/\w/.test(text))) {
      if (!text || /[^~ ^]/.test(text)) this.block = null;
      return;
    }
    const place = this.reader.place(text);
    let found = this.reader.named(text);
    if (place === "head" && this.section.named) this.section = section();
    if (this.mixed) this.reader.marks(text, this.section);
    if (place) {
      this.place(place, indented);
      // A traceback that lost its line breaks ends with its error.
      if (!found || found.index + found[0].length === text.length) return;
      text = text.slice(start(text, found));
      found = this.reader.named(text);
    } else if (this.isCode(text, indented, found)) {
      return;
    }
    this.say(text, soft || this.reader.calm.test(text), found);
  }

  place(place, indented) {
    this.block = null;
    this.heirs = 0;
    this.raised = "";
    this.inCode = place === "frame";
    this.first = this.inCode;
    this.framed = this.inCode;
    this.shifted = indented;
  }

  isCode(text, indented, found) {
    if (ARROW.test(text)) {
      this.inCode = true;
      this.first = false;
      return true;
    }
    const starts = found !== null && start(text, found) === 0;
    if (!this.inCode) {
      this.inCode = !starts && this.reader.code.test(text);
      this.first = false;
      this.shifted = false;
      this.framed = false;
      return this.inCode;
    }
    const first = this.first;
    this.first = false;
    if (NUMBERED.test(text)) return true;
    if (!starts && this.reader.code.test(text)) {
      if (this.framed && RAISES.test(text)) this.raised = text;
      return true;
    }
    if (starts || !(indented || (first && !this.shifted))) {
      this.inCode = false;
      return false;
    }
    return true;
  }

  say(text, soft, found) {
    this.raised = "";
    this.inCode = false;
    const old = this.block;
    if (found || !old || old.text.length + text.length > LONGEST_BLOCK) {
      this.block = this.open(text, soft, found);
      this.blocks.push(this.block);
    } else {
      old.text = this.reader.join(old.text, text);
    }
  }

  open(text, soft, found) {
    if (!found) {
      this.heirs -= 1;
      const heir = this.heirs > 0 ? this.heir : block("", this.section);
      const { name, path } = heir;
      return block(text, this.section, { name, path, soft: soft || heir.soft });
    }
    const from = start(text, found);
    const name = found[0];
    const warns = name.endsWith("Warning");
    const named = block(text, this.section, {
      name,
      path: text.slice(from, found.index),
      starts: true,
      soft: warns || (soft && from > 0),
    });
    this.section.named ||= !named.soft;
    this.heir = named;
    this.heirs = HEIRS + 1;
    return named;
  }
}

function unindented(line) {
  let start = 0;
  while (line[start] === " " || line[start] === "\t") start += 1;
  return line.slice(start);
}

/* A text without some characters at its end. */
function cut(text, characters) {
  let end = text.length;
  while (end && characters.includes(text[end - 1])) end -= 1;
  return text.slice(0, end);
}

/* A line with single blanks, without the bars and rules of a box. */
function trimmed(rest) {
  let text = cut(rest.trim().replace(/\s+/g, " "), " |");
  if (text.endsWith("---")) text = cut(text, "-| ");
  const rule = RULE.exec(text);
  return rule ? text.slice(rule[0].length) : text;
}

/* Where a name starts with its dotted path. */
function start(text, found) {
  let at = found.index;
  while (at && /[\w.]/.test(text[at - 1])) at -= 1;
  return at;
}
