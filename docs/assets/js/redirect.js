/* Leads from a short or an old address to the page, with the query and the place on it. */
(() => {
  "use strict";

  const to = new URL(document.currentScript.dataset.to, location.href);
  to.search = location.search;
  to.hash = location.hash;
  location.replace(to);
})();
