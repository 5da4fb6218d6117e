// <button data-copy="text"> or data-copy-from="#id"; says data-done when it is done.
import { notice } from "./notice.js";

function old(text) {
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    old(text); // not over https, or not allowed by the chat app
  }
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy], [data-copy-from]");
  if (!button) return;
  const source = button.dataset.copyFrom && document.querySelector(button.dataset.copyFrom);
  await copy(source ? (source.value ?? source.textContent).trim() : button.dataset.copy);
  notice(button.dataset.done);
});
