/* The way into the box, on every page; the box itself is imported on first use. */

import { MOST_CHARACTERS, PATIENCE, cut, say } from "./text.js";

const FIELDS = "input, textarea, select, [contenteditable]";
const MOST_LATER = 40_000;
const boxes = new Map();
const latest = new Map();

/** The box, once its script is there; undefined if it cannot be loaded. */
function boxOf(form) {
  if (!boxes.has(form)) {
    const made = import("./box.js").then(({ Box }) => new Box(form));
    boxes.set(
      form,
      made.catch(() => {
        boxes.delete(form);
        form.querySelector("[role=status]").textContent = say(form, "failed");
      }),
    );
  }
  return boxes.get(form);
}

function fieldOf(form) {
  return form.querySelector("textarea");
}

/** The box of the page, on the page itself or in its dialog. */
function only() {
  return document.querySelector("[data-pf-box]");
}

function open() {
  const form = only();
  const dialog = form.closest("dialog");
  if (dialog && !dialog.open) dialog.showModal();
  fieldOf(form).focus();
  return form;
}

/* The result comes first: to lay out some hundred lines takes longer than to find their error. */
async function put(form, text) {
  const kept = cut(text);
  latest.set(form, kept);
  if (kept.text.length > MOST_LATER) write(form, kept);
  const late = setTimeout(() => write(form, kept), PATIENCE);
  const box = await boxOf(form);
  await box?.search(kept.lines, kept.text);
  clearTimeout(late);
  write(form, kept);
}

function write(form, kept) {
  if (latest.get(form) !== kept) return;
  latest.delete(form);
  fieldOf(form).value = kept.text;
}

/* Opens on "/" and on Ctrl or Cmd with K, except where the reader writes something else. */
function onKey(event) {
  const { altKey, ctrlKey, key, metaKey, shiftKey, target } = event;
  const writes = target.closest?.(FIELDS);
  const slash = key === "/" && !writes && !altKey && !ctrlKey && !metaKey;
  const letter = key.toLowerCase() === "k" && ctrlKey !== metaKey && !altKey && !shiftKey;
  if (!slash && !letter) return;
  event.preventDefault();
  open();
}

/* A long text never reaches the field, which would stand still over it; and a text that is pasted
   beside all fields is meant for the box. */
function onPaste(event) {
  const field = event.target.closest?.(FIELDS);
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!text || (field && !field.closest("[data-pf-box]"))) return;
  if (field === fieldOf(only()) && text.length < MOST_CHARACTERS) return;
  event.preventDefault();
  put(open(), text);
}

/* What the address or the way back brings: `?q=` on the home page, the text of before elsewhere. */
function restore(form) {
  const asked = form.closest("dialog") ? null : new URLSearchParams(location.search).get("q");
  let text = asked;
  if (history.state?.provenfixBox) {
    try {
      text = sessionStorage.getItem("provenfix:box");
    } catch {
      // Storage is forbidden.
    }
  }
  if (text) put(form.closest("dialog") ? open() : form, text);
}

/** Lets the keys, the header's button and a paste open the box. */
export function enableBox() {
  const form = only();
  if (!form) return;
  for (const one of document.querySelectorAll("[data-pf-box]")) {
    one.addEventListener("focusin", () => boxOf(one));
  }
  const button = document.querySelector("[data-pf-open]");
  if (button) {
    button.hidden = false;
    button.addEventListener("click", open);
  }
  const dialog = form.closest("dialog");
  dialog?.querySelector("[data-pf-close]").addEventListener("click", () => dialog.close());
  document.addEventListener("keydown", onKey);
  document.addEventListener("paste", onPaste);
  restore(form);
}
