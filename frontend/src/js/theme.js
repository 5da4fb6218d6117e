// data-theme="auto" on <html>: light or dark as the system is, also when it changes in the evening.
const root = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");

function follow() {
  if (root.dataset.theme === "auto") root.dataset.bsTheme = dark.matches ? "dark" : "light";
}

dark.addEventListener("change", follow);
follow();
