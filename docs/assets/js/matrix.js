/* The filter of the matrix: shows only rows in which a mark occurs. Without it all rows stand. */
(() => {
  "use strict";

  const filter = document.querySelector(".pf-filter");
  if (!filter) return;
  const rows = [...document.querySelectorAll(".pf-matrix tbody tr")];
  filter.hidden = false;
  filter.addEventListener("change", (event) => {
    const mark = event.target.value;
    for (const row of rows) row.hidden = mark !== "" && !row.dataset.marks.split(" ").includes(mark);
  });
})();
