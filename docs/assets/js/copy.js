import { word } from "./words.js";

const SHOWN = 2000;

/**
 * Copies a text and says so on the button for a moment.
 *
 * @param {HTMLButtonElement} button The button that was pressed.
 * @param {string} text What to copy.
 */
export async function copy(button, text) {
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = word("copied");
  } catch {
    button.textContent = word("copyFailed");
  }
  button.disabled = true;
  setTimeout(() => {
    button.textContent = label;
    button.disabled = false;
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
