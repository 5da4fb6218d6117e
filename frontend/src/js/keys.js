// Keys: / search, ? help; in a table with data-rows J and K walk, X picks, E unfolds, Enter opens (the focused link does).
// Single letters can be switched off (WCAG 2.1.4): speech input types them by accident.
const STORE = "wuli.keys";
const on = () => localStorage.getItem(STORE) !== "off";
const typing = (target) => target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable], dialog[open]");

const rowsOf = (table) => [...table.tBodies].flatMap((body) => [...body.rows]).filter((row) => !row.hidden);
const linkOf = (row) => row.querySelector("a.nm, th a:not(.tw), td a:not(.tw), a, button, input");

function walk(step) {
  const current = document.querySelector("[data-rows] tr.cur");
  const table = current?.closest("table") ?? document.querySelector("[data-rows]");
  if (!table) return;
  const rows = rowsOf(table);
  const to = rows[Math.min(rows.length - 1, Math.max(0, rows.indexOf(current) + step))];
  if (!to) return;
  current?.classList.remove("cur");
  to.classList.add("cur");
  linkOf(to)?.focus({ preventScroll: true });
  to.scrollIntoView({ block: "nearest" });
}

const within = (selector) => document.querySelector(`[data-rows] tr.cur ${selector}`)?.click();

const ACTIONS = {
  "/": () => document.querySelector("[data-find]")?.focus(),
  "?": () => document.getElementById("help")?.showModal(),
  j: () => walk(1),
  k: () => walk(-1),
  x: () => within(".pick input"),
  e: () => within(".tw"),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target) || !on()) return;
  const act = ACTIONS[event.key.toLowerCase()];
  if (act) {
    event.preventDefault();
    act();
  }
});

document.addEventListener("focusin", (event) => {
  const row = event.target.closest?.("[data-rows] tbody tr");
  if (!row || row.classList.contains("cur")) return;
  document.querySelector("[data-rows] tr.cur")?.classList.remove("cur");
  row.classList.add("cur");
});

for (const box of document.querySelectorAll("[data-keys-switch]")) {
  box.checked = on();
  box.addEventListener("change", () => localStorage.setItem(STORE, box.checked ? "on" : "off"));
}
