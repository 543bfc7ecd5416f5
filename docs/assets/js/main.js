/* What every page needs; everything else is imported by the pages that have a use for it. */
import { addCopyButtons } from "./copy.js";
import { enableSearch } from "./dialog.js";
import { enableSchemeButton } from "./scheme.js";

enableSchemeButton();
addCopyButtons();

const box = document.querySelector("[data-pf-box]");
if (box) enableSearch(box);

const chooser = document.querySelector(".pf-chooser");
if (chooser) import("./error_page.js").then(({ enable }) => enable(chooser));
