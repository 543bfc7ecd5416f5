/* A prefilled report of an error that has no entry. The reader sees and edits all that it holds. */

import { element } from "./hits.js";
import { say } from "./text.js";

const LONGEST_TEXT = 1_500;
const LONGEST_TITLE = 100;

function filled(address, title, text) {
  const made = new URL(address);
  made.searchParams.set("title", title);
  // A form of the tracker has a field of its own for it; without one it becomes the text.
  made.searchParams.set(made.searchParams.has("template") ? "traceback" : "body", text);
  return made.href;
}

/**
 * The way to report an error.
 *
 * @param {HTMLFormElement} form The box; `data-issues` is where reports go.
 * @param {string} line The error line: nothing else of the paste is sent by default.
 * @returns {HTMLElement[]} Nothing if the site has no place for reports.
 */
export function report(form, line) {
  if (!form.dataset.issues || !line.trim()) return [];
  const field = element("textarea", "pf-report__text");
  const send = element("a", "pf-report__send", say(form, "report-send"));
  const lead = element("label", "", say(form, "report-lead"), field);
  const update = () => {
    const text = field.value.slice(0, LONGEST_TEXT);
    const title = say(form, "report-title", { line: text.split("\n")[0] }).slice(0, LONGEST_TITLE);
    send.href = filled(form.dataset.issues, title, text);
  };
  field.value = line.slice(0, LONGEST_TEXT);
  field.maxLength = LONGEST_TEXT;
  field.rows = 3;
  field.spellcheck = false;
  field.addEventListener("input", (event) => {
    // It is no text to search for.
    event.stopPropagation();
    update();
  });
  send.rel = "noopener noreferrer";
  update();
  const folded = element("details", "pf-report", element("summary", "", say(form, "report")));
  folded.append(lead, element("p", "", send));
  return [folded];
}
