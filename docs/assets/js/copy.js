import { word } from "./words.js";

const SHOWN = 2000;
const told = new WeakSet();

/**
 * Copies a text and says so on the button for a moment.
 *
 * @param {HTMLButtonElement} button The button that was pressed.
 * @param {string} text What to copy.
 */
export async function copy(button, text) {
  if (told.has(button)) return;
  told.add(button);
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = word("copied");
  } catch {
    button.textContent = word("copyFailed");
  }
  // Not disabled meanwhile: a button that is would lose the focus of who works by keys.
  setTimeout(() => {
    button.textContent = label;
    told.delete(button);
  }, SHOWN);
}

/** Gives each block of code a button that copies it, and the keys a way into wide ones. */
export function addCopyButtons() {
  for (const code of document.querySelectorAll(".md-typeset .highlight pre > code")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "pf-copy";
    button.textContent = word("copy");
    button.addEventListener("click", () => copy(button, code.textContent));
    code.closest(".highlight").append(button);
    if (code.scrollWidth > code.clientWidth) code.tabIndex = 0;
  }
}
