// data-expand on a link in a table's row: fetches the rows below it, once; then folds and unfolds them.
// Rows carry data-path; those below begin with the path of the row above.
import htmx from "htmx.org/dist/htmx.esm.js";
import { notice, words } from "./notice.js";

function below(row) {
  const found = [];
  for (let next = row.nextElementSibling; next?.dataset.path?.startsWith(row.dataset.path); next = next.nextElementSibling) {
    if (next.dataset.path !== row.dataset.path) found.push(next);
  }
  return found;
}

async function fetchRows(link) {
  const address = new URL(link.href);
  if (link.dataset.level) address.searchParams.set("level", link.dataset.level);
  const answer = await fetch(address, { headers: { "HX-Request": "true" } });
  if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
  const box = document.createElement("template");
  box.innerHTML = await answer.text();
  return [...box.content.querySelectorAll("tr")];
}

async function unfold(link, row) {
  const kept = below(row);
  if (kept.length) {
    for (const one of kept) one.hidden = false;
    for (const one of kept) if (one.querySelector("[data-expand][aria-expanded=false]")) below(one).forEach((deep) => (deep.hidden = true));
    return;
  }
  const rows = await fetchRows(link);
  row.after(...rows);
  rows.forEach((one) => htmx.process(one));
}

async function toggle(link) {
  const row = link.closest("tr");
  if (link.getAttribute("aria-busy") === "true") return;
  if (link.getAttribute("aria-expanded") === "true") {
    below(row).forEach((one) => (one.hidden = true));
    link.setAttribute("aria-expanded", "false");
    return;
  }
  link.setAttribute("aria-busy", "true");
  try {
    await unfold(link, row);
    link.setAttribute("aria-expanded", "true");
  } catch {
    notice(words("failed"));
  } finally {
    link.removeAttribute("aria-busy");
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-expand]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  toggle(link);
});
