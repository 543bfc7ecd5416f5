/* Links for issue trackers: Markdown with the short address of a page, a fix or a dead end. */
import { copy } from "./copy.js";

const WHOLE_PAGE = "error";

/** A heading as the text of a Markdown link; its code stays code. */
function linkText(heading) {
  const copied = heading.cloneNode(true);
  for (const extra of copied.querySelectorAll(".headerlink, .pf-first")) extra.remove();
  const parts = [...copied.childNodes].map((node) =>
    node.localName === "code"
      ? `\`${node.textContent}\``
      : node.textContent.replace(/[\\[\]`*_<>]/g, "\\$&"),
  );
  return parts.join("").trim();
}

/** The short address of the page: `…/e/slug/` in the place of `…/errors/slug/`. */
function address() {
  const canonical = document.querySelector("link[rel=canonical]")?.href ?? location.href;
  return canonical.replace(/\/errors\/([^/]+)\/$/, "/e/$1/");
}

/**
 * Makes a button copy its link.
 *
 * @param {HTMLButtonElement} button A button that names the id of a heading, and a verdict if any.
 */
export function enableShare(button) {
  const { pfShare: id, pfVerdict: verdict } = button.dataset;
  button.addEventListener("click", () => {
    const anchor = id === WHOLE_PAGE ? "" : `#${id}`;
    const link = `[${linkText(document.getElementById(id))}](${address()}${anchor})`;
    copy(button, verdict ? `${link} (${verdict})` : link);
  });
}
