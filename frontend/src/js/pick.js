// Checkboxes in rows: data-pick-all picks every row of its table (or of data-pick-all="#id");
// [data-bulk] shows while something is picked, [data-picked] in it says how many.
const boxesIn = (scope) => [...scope.querySelectorAll(".pick input[type=checkbox]:not([data-pick-all])")];

function scopeOf(all) {
  return all.dataset.pickAll ? document.querySelector(all.dataset.pickAll) : all.closest("table, form, section");
}

function show() {
  const boxes = boxesIn(document);
  const picked = boxes.filter((box) => box.checked).length;
  for (const box of boxes) box.closest("tr")?.classList.toggle("sel", box.checked);
  for (const all of document.querySelectorAll("[data-pick-all]")) mark(all);
  for (const bar of document.querySelectorAll("[data-bulk]")) bar.hidden = picked === 0;
  for (const place of document.querySelectorAll("[data-picked]")) place.textContent = picked.toLocaleString("en");
}

function mark(all) {
  const boxes = boxesIn(scopeOf(all));
  const picked = boxes.filter((box) => box.checked).length;
  all.checked = picked > 0 && picked === boxes.length;
  all.indeterminate = picked > 0 && picked < boxes.length;
}

document.addEventListener("change", (event) => {
  const box = event.target;
  if (box.matches?.("[data-pick-all]")) for (const one of boxesIn(scopeOf(box))) one.checked = box.checked;
  if (box.matches?.("[data-pick-all], .pick input")) show();
});
document.addEventListener("htmx:after:swap", show);
addEventListener("pageshow", show);
