/* The box by keyboard alone: Enter goes to the first result, the arrows walk, Escape comes back. */

async function enter(box) {
  await (box.pause ? box.search() : box.searching);
  const first = box.shown.querySelector("a.pf-hit__title");
  if (first?.dataset.entry) first.click();
  else first?.focus();
}

function move(box, event) {
  const links = [...box.shown.querySelectorAll("a.pf-hit__title")];
  const at = links.indexOf(document.activeElement);
  const inField = event.target === box.field;
  const { selectionEnd, value } = box.field;
  if (!links.length || (inField && (event.key === "ArrowUp" || selectionEnd < value.length))) return;
  if (!inField && at < 0) return;
  event.preventDefault();
  const next = event.key === "ArrowDown" ? Math.min(at + 1, links.length - 1) : at - 1;
  (links[next] ?? box.field).focus();
}

/**
 * Lets the keys move between the field of a box and its results.
 *
 * @param {import("./box.js").Box} box The box.
 */
export function enableKeys(box) {
  box.form.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const inField = event.target === box.field;
    if (event.key === "Enter" && inField && !event.shiftKey) {
      event.preventDefault();
      enter(box);
    } else if (event.key === "Escape" && !inField) {
      event.preventDefault();
      box.field.focus();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      move(box, event);
    }
  });
}
