/* Words that a finger, a camera or a terminal changed.
   Twin of src/provenfix/match/spelling.py: change both. */

import { LONG_WORD } from "./signatures.js";

/** Letters of a word that are looked at. */
export const LONGEST = 24;

/**
 * A word, and what is left of it without one of its letters.
 * @param {string} whole Lower case.
 * @returns {string[]}
 */
export function shortened(whole) {
  const word = whole.slice(0, LONGEST);
  return [word, ...[...word].map((_, at) => word.slice(0, at) + word.slice(at + 1))];
}

/**
 * What two words give if they are one: score and agreed letters; else nothing.
 * @param {string} word A word of a wording; empty for a gap.
 * @param {string} other A word of a text.
 * @returns {[number, number]}
 */
export function likeness(word, other) {
  if (word === other) return [word.length, word.length];
  if (!word) return [0, 0];
  if (other.includes("rn") && other.replaceAll("rn", "m") === word) {
    return [word.length - 1, word.length];
  }
  const distance = misspelt(word, other);
  return distance ? [word.length - distance, word.length] : [0, 0];
}

/**
 * How many letters are wrong if one of two different words is the other misspelt; else 0.
 * @param {string} word Lower case.
 * @param {string} other Lower case.
 * @returns {number}
 */
export function misspelt(word, other) {
  const most = word.length < LONG_WORD ? 0 : word.length < 6 ? 1 : 2;
  if (!most || Math.abs(word.length - other.length) > most) return 0;
  if (bits(mask(word) ^ mask(other)) > 2 * most) return 0;
  const distance = edits(word, other);
  return distance <= most ? distance : 0;
}

/* The letters of a word as bits. */
function mask(word) {
  let made = 0;
  for (let at = 0; at < word.length; at += 1) made |= 1 << (word.charCodeAt(at) & 31);
  return made;
}

function bits(value) {
  let count = 0;
  for (let rest = value; rest; rest &= rest - 1) count += 1;
  return count;
}

/* Letters to insert, drop, change or swap to make one word of another. */
function edits(word, other) {
  let before = [];
  let row = Array.from({ length: other.length + 1 }, (_, step) => step);
  for (let i = 1; i <= word.length; i += 1) {
    const earlier = before;
    before = row;
    row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const changed = word[i - 1] === other[j - 1] ? 0 : 1;
      let cost = Math.min(before[j] + 1, row[j - 1] + 1, before[j - 1] + changed);
      if (i > 1 && j > 1 && word[i - 1] === other[j - 2] && word[i - 2] === other[j - 1]) {
        cost = Math.min(cost, earlier[j - 2] + 1);
      }
      row.push(cost);
    }
  }
  return row[other.length];
}
