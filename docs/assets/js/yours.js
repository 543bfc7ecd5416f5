/* The reader's own message, where they came by a paste: its line in the place of the recorded one,
   and its values in the text. All of it is a stranger's text, so it only ever becomes text. */

const LONGEST_LINE = 600;
const LONGEST_VALUE = 80;

function pasted(entry) {
  try {
    const found = JSON.parse(sessionStorage.getItem("provenfix:paste") ?? "null");
    if (found?.entry === entry && typeof found.line === "string") return found.line;
  } catch {
    // Storage is forbidden, or holds something else.
  }
  return "";
}

/** The variable parts of a line by the first wording that fits it. */
function valuesOf(line, patterns) {
  // As the matcher reads it; a line from elsewhere may still have its own quotes and blanks.
  const cleaned = line.replace(/["`]/g, "'").replace(/\s+/g, " ");
  for (const pattern of patterns) {
    const found = new RegExp(pattern).exec(cleaned);
    if (found) return found.slice(1).map((value) => value ?? "");
  }
  return [];
}

function cut(text, most) {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

/** Shows the reader's values, or the recorded ones if there are none. */
function fill(places, values) {
  for (const { place, recorded } of places) {
    const value = values[place.dataset.pfValue - 1];
    place.textContent = value === undefined ? recorded : cut(value, LONGEST_VALUE);
  }
}

/** A note below the reader's line that says whose it is, with a way back. */
function noteOf(block, onBack) {
  const note = document.createElement("p");
  const back = document.createElement("button");
  note.className = "pf-pasted";
  note.append(block.dataset.pfMine, " ", back);
  back.type = "button";
  back.className = "pf-back";
  back.textContent = block.dataset.pfBack;
  back.addEventListener("click", () => {
    note.remove();
    onBack();
  });
  return note;
}

/**
 * Shows the reader's own line and values, marked as theirs, with a way back.
 *
 * @param {HTMLElement} block The recorded error; it names the entry and the patterns of its wordings.
 */
export function showYours(block) {
  const line = pasted(block.dataset.pfEntry).slice(0, LONGEST_LINE);
  if (!line.trim()) return;
  const code = block.querySelector("code");
  const recorded = [...code.childNodes];
  const sentence = document.querySelector(".pf-yours");
  const places = [...document.querySelectorAll("[data-pf-value]")].map((place) => ({
    place,
    recorded: place.textContent,
  }));
  const values = valuesOf(line, JSON.parse(block.dataset.pfPatterns));
  code.textContent = line;
  fill(places, values);
  // A line that does not show its values must not stand beside those of another.
  if (sentence) sentence.hidden = !values.length;
  block.append(
    noteOf(block, () => {
      code.replaceChildren(...recorded);
      fill(places, []);
      if (sentence) sentence.hidden = false;
    }),
  );
}
