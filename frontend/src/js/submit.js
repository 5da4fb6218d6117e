// A second tap sends nothing; leaving a half-filled form asks first (data-guard on the form;
// data-changed where the server has drawn what was typed before).
let changed = null;

const buttonsOf = (form) => [...form.elements].filter((one) => one.matches("button:not([type=button]), [type=submit]"));

function free(form) {
  for (const button of buttonsOf(form)) button.disabled = false;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form === changed) changed = null;
  form.removeAttribute("data-changed");
  if (event.defaultPrevented && !form.matches("[hx-post], [hx-get], [hx-put], [hx-patch], [hx-delete]")) return;
  if (form.method === "dialog" || form.matches("[data-again]")) return;
  // Later, or the pressed button's own name and value would not be sent.
  setTimeout(() => buttonsOf(form).forEach((button) => (button.disabled = true)));
});

document.addEventListener("htmx:finally:request", (event) => {
  const form = event.target.closest?.("form");
  if (form) setTimeout(() => free(form));
});
addEventListener("pageshow", () => [...document.forms].forEach(free));

document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-guard]");
  if (form) changed = form;
});
addEventListener("beforeunload", (event) => {
  if (changed?.isConnected || document.querySelector("form[data-changed]")) event.preventDefault();
});
