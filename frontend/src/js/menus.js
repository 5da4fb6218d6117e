// <details class="menu">: one open at a time, closed by a click elsewhere or Escape.
const open = () => document.querySelectorAll("details.menu[open]");

document.addEventListener("click", (event) => {
  for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of open()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// Search hits lie open while the box or one of them has the focus; arrows walk through them.
document.addEventListener("keydown", (event) => {
  const find = event.target.closest?.(".find");
  if (!find) return;
  if (event.key === "Escape") {
    find.querySelector(".hits").replaceChildren();
    document.activeElement.blur();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const stops = [find.querySelector("input"), ...find.querySelectorAll(".hits a")];
    const to = stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    stops[(to + stops.length) % stops.length].focus();
    event.preventDefault();
  }
});
