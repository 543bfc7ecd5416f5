/* What every page needs; everything else is imported by the pages that have a use for it. */
import { addCopyButtons } from "./copy.js";
import { enableSchemeButton } from "./scheme.js";

enableSchemeButton();
addCopyButtons();
