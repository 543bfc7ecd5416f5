/* Runs before the first paint: the reader's colours, so that a dark page never flashes white. */
(() => {
  "use strict";

  const dark = matchMedia("(prefers-color-scheme: dark)");

  function apply() {
    let chosen = null;
    try {
      chosen = localStorage.getItem("provenfix:scheme");
    } catch {
      // Storage may be forbidden; the system's choice then stands.
    }
    const scheme = chosen ?? (dark.matches ? "dark" : "light");
    document.body.dataset.mdColorScheme = scheme === "dark" ? "slate" : "default";
  }

  apply();
  dark.addEventListener("change", apply);
  document.addEventListener("provenfix:scheme", apply);
})();
