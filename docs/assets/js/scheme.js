/** Lets the header's button change between light and dark; the choice is remembered. */
export function enableSchemeButton() {
  const button = document.querySelector("[data-pf-scheme]");
  if (!button) return;
  const show = () => {
    button.setAttribute("aria-pressed", String(document.body.dataset.mdColorScheme === "slate"));
  };
  button.hidden = false;
  show();
  button.addEventListener("click", () => {
    const dark = document.body.dataset.mdColorScheme === "slate";
    try {
      localStorage.setItem("provenfix:scheme", dark ? "light" : "dark");
      document.dispatchEvent(new Event("provenfix:scheme"));
    } catch {
      // Storage is forbidden: the choice holds for this page only.
      document.body.dataset.mdColorScheme = dark ? "default" : "slate";
    }
    show();
  });
}
