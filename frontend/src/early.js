// Runs before the first paint where no theme was chosen: follow the system, without a white flash.
document.documentElement.dataset.bsTheme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
