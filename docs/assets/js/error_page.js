/* What only the page of an error needs. */
import { enableChooser } from "./chooser.js";
import { enableShare } from "./share.js";
import { showYours } from "./yours.js";

/**
 * Brings an error's page to life.
 *
 * @param {HTMLFormElement} chooser Its chooser of the reader's version.
 */
export function enable(chooser) {
  enableChooser(chooser);
  document.querySelectorAll(".pf-share").forEach(enableShare);
  document.querySelectorAll(".pf-recorded").forEach(showYours);
}
