// A table wider than its box scrolls in it; the keyboard must get there too.
function reach() {
  for (const box of document.querySelectorAll(".scroll-x")) {
    if (box.scrollWidth > box.clientWidth) {
      box.tabIndex = 0;
      box.setAttribute("role", "region");
      box.setAttribute("aria-label", box.querySelector("caption")?.textContent.trim() ?? "");
    } else {
      box.removeAttribute("tabindex");
      box.removeAttribute("role");
      box.removeAttribute("aria-label");
    }
  }
}

addEventListener("resize", reach);
document.addEventListener("htmx:after:swap", reach);
reach();
