/* What every page needs; everything else is imported by the pages that have a use for it. */
import { addCopyButtons } from "./copy.js";
import { enableSchemeButton } from "./scheme.js";

enableSchemeButton();
addCopyButtons();

const chooser = document.querySelector(".pf-chooser");
if (chooser) import("./error_page.js").then(({ enable }) => enable(chooser));
