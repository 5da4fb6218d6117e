// Answers that do not belong into the place that asked: errors, and whole pages such as the log-in.
import { notice, words } from "./notice.js";

const REFUSED_FORM = 422;

document.addEventListener("htmx:before:swap", (event) => {
  const { ctx } = event.detail;
  const answer = ctx?.response?.raw;
  if (!answer) return;
  if (answer.redirected && /^\s*<!doctype/i.test(ctx.text ?? "")) {
    event.preventDefault();
    location.assign(answer.url);
  } else if (answer.status >= 400 && answer.status !== REFUSED_FORM) {
    event.preventDefault();
    notice(answer.headers.get("X-Sentence") ? decodeURIComponent(answer.headers.get("X-Sentence")) : words("failed"));
  }
});

document.addEventListener("htmx:error", (event) => {
  if (event.detail.ctx && !event.detail.ctx.response) notice(words("unreachable"));
});

// A form swapped in with errors: begin at the first one.
document.addEventListener("htmx:after:swap", (event) => {
  if (event.detail.ctx?.response?.status !== REFUSED_FORM) return;
  document.querySelector(".field.bad :is(input, select, textarea)")?.focus();
});
