// data-suggest="source": options as one types, from /suggest/source/ (or <body data-suggestions="/there/_/">).
const WAIT = 200;
let timer;
let made = 0;

function listOf(input) {
  if (!input.list) {
    const list = document.createElement("datalist");
    list.id = `suggestions-${++made}`;
    input.after(list);
    input.setAttribute("list", list.id);
  }
  return input.list;
}

function addressOf(input) {
  const source = input.dataset.suggest;
  const base = source.includes("/") ? source : (document.body.dataset.suggestions ?? "/suggest/_/").replace("_", source);
  return `${base}?q=${encodeURIComponent(input.value)}`;
}

async function ask(input) {
  const address = input.value.trim() && addressOf(input);
  if (!address) return;
  const typed = input.value;
  const answer = await fetch(address, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (answer?.ok && input.value === typed) listOf(input).innerHTML = await answer.text();
}

document.addEventListener("input", (event) => {
  if (!event.target.matches?.("[data-suggest]")) return;
  clearTimeout(timer);
  timer = setTimeout(ask, WAIT, event.target);
});
