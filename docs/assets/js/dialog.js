/* "/" and Ctrl+K lead to the traceback box: the one on the page, or else the one in the dialog. */
const FIELDS = "input, textarea, select, [contenteditable]";

function typing(target) {
  return target instanceof Element && target.closest(FIELDS) !== null;
}

/**
 * Lets keys and the header's button open the box.
 *
 * @param {HTMLElement} root The page's only box.
 */
export function enableSearch(root) {
  const dialog = root.closest("dialog");
  let loading;

  /* The box's own script is loaded when it is first needed. */
  function field() {
    loading ??= import("./box.js").then(({ enable }) => enable(root));
    return loading;
  }

  async function open() {
    if (dialog && !dialog.open) dialog.showModal();
    const text = await field();
    text.focus();
    text.select();
  }

  if (!dialog) field();

  for (const button of document.querySelectorAll("[data-pf-search]")) {
    button.hidden = false;
    button.addEventListener("click", open);
  }
  document.querySelector("[data-pf-close]")?.addEventListener("click", () => dialog.close());
  // A click beside the dialog closes it.
  dialog?.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.addEventListener("keydown", (event) => {
    const slash = event.key === "/" && !typing(event.target) && !event.ctrlKey && !event.metaKey;
    const command = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
    if (!slash && !command) return;
    event.preventDefault();
    open();
  });
}
