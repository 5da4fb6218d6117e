// Answers that do not belong into the place that asked: errors, and whole pages such as the log-in.
import { notice, words } from "./notice.js";

const REFUSED_FORM = 422;
const NOT_SIGNED_IN = 401;

// What asks again by itself: it does not complain while there is no network, and stops where nobody is signed in.
const asksByItself = (ctx) => ctx?.sourceElement?.closest?.("[data-poll]");

document.addEventListener("htmx:before:swap", (event) => {
  const { ctx } = event.detail;
  const answer = ctx?.response?.raw;
  if (!answer) return;
  if (answer.redirected && /^\s*<!doctype/i.test(ctx.text ?? "")) {
    event.preventDefault();
    location.assign(answer.url);
  } else if (answer.status >= 400 && answer.status !== REFUSED_FORM) {
    event.preventDefault();
    if (answer.status === NOT_SIGNED_IN) asksByItself(ctx)?.removeAttribute("data-poll");
    notice(answer.headers.get("X-Sentence") ? decodeURIComponent(answer.headers.get("X-Sentence")) : words("failed"));
  }
});

document.addEventListener("htmx:error", (event) => {
  const { ctx } = event.detail;
  if (ctx && !ctx.response && !asksByItself(ctx)) notice(words("unreachable"));
});

// A form swapped in with errors: begin at the first one.
document.addEventListener("htmx:after:swap", (event) => {
  if (event.detail.ctx?.response?.status !== REFUSED_FORM) return;
  document.querySelector(".field.bad :is(input, select, textarea)")?.focus();
});
