/* What every page needs; everything else is imported by the pages that have a use for it. */
import { enableBox } from "./box/open.js";
import { addCopyButtons } from "./copy.js";
import { enableSchemeButton } from "./scheme.js";

enableSchemeButton();
addCopyButtons();

async function enableSearch() {
  const lost = [...document.querySelectorAll("[data-pf-lost]")];
  if (lost.length) (await import("./lost.js")).helpLost(lost);
  enableBox();
}

enableSearch();

const chooser = document.querySelector(".pf-chooser");
if (chooser) import("./error_page.js").then(({ enable }) => enable(chooser));
