// <a href="page" data-opens="id"> opens <dialog id="id"> in place; without us the link leads to a page that asks the same.
document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-opens]");
  const dialog = opener && document.getElementById(opener.dataset.opens);
  if (dialog?.showModal) {
    event.preventDefault();
    opener.closest("details.menu")?.removeAttribute("open");
    dialog.showModal();
  }
  // A click on the dialog itself, not on anything in it, is a click beside its panel.
  if (event.target instanceof HTMLDialogElement && outside(event)) event.target.close();
});

function outside(event) {
  const box = event.target.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}
