// data-suggest="source": suggestions as one types, from /suggest/source/ (or <body data-suggestions="/there/_/">).
// A list of our own: browsers hide those options of a datalist that do not contain what was typed, such as 林河 for lh.
const WAIT = 200;
const lists = new WeakMap();
let timer;
let made = 0;

function addressOf(input) {
  const source = input.dataset.suggest;
  const base = source.includes("/") ? source : (document.body.dataset.suggestions ?? "/suggest/_/").replace("_", source);
  return `${base}?q=${encodeURIComponent(input.value)}`;
}

async function ask(input) {
  if (!input.value.trim()) return close(input);
  const typed = input.value;
  const answer = await fetch(addressOf(input), { headers: { "HX-Request": "true" } }).catch(() => null);
  if (answer?.ok && input.value === typed && input === document.activeElement) open(input, await answer.text());
}

function set(one, attributes) {
  for (const [name, value] of Object.entries(attributes)) one.setAttribute(name, value);
}

function listOf(input) {
  if (!lists.has(input)) {
    const list = document.createElement("ul");
    set(list, { id: `suggestions-${++made}`, class: "suggestions", role: "listbox", hidden: "" });
    set(list, { "aria-label": input.labels?.[0]?.textContent ?? input.name });
    set(input, { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" });
    input.after(list);
    lists.set(input, list);
  }
  return lists.get(input);
}

function open(input, html) {
  const list = listOf(input);
  const found = new DOMParser().parseFromString(html, "text/html").querySelectorAll("option");
  list.textContent = "";
  list.append(...[...found].map((one, at) => optionFor(one.value, `${list.id}-${at}`)));
  list.hidden = found.length === 0;
  input.setAttribute("aria-expanded", String(!list.hidden));
  input.removeAttribute("aria-activedescendant");
}

function optionFor(text, id) {
  const option = document.createElement("li");
  set(option, { id, role: "option", "aria-selected": "false" });
  option.textContent = text;
  return option;
}

function close(input) {
  const list = lists.get(input);
  if (!list) return;
  list.hidden = true;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

const markedIn = (list) => list.querySelector("[aria-selected=true]");

function move(input, step) {
  const list = listOf(input);
  const options = [...list.children];
  const from = options.indexOf(markedIn(list));
  const to = options[from < 0 && step < 0 ? options.length - 1 : (from + step + options.length) % options.length];
  for (const one of options) one.setAttribute("aria-selected", String(one === to));
  input.setAttribute("aria-activedescendant", to.id);
  to.scrollIntoView({ block: "nearest" });
}

function choose(input, option) {
  clearTimeout(timer);
  input.value = option.textContent;
  close(input);
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

// Each says whether the key was meant for the list.
const KEYS = {
  ArrowDown: (input) => (move(input, 1), true),
  ArrowUp: (input) => (move(input, -1), true),
  Escape: (input) => (close(input), true),
  Enter: (input, marked) => Boolean(marked && (choose(input, marked), true)),
};

document.addEventListener("keydown", (event) => {
  const input = event.target;
  const list = lists.get(input);
  if (!list || list.hidden || event.isComposing || !KEYS[event.key]) return;
  if (KEYS[event.key](input, markedIn(list))) event.preventDefault();
});

// Pressing on the list must not take the focus from the field, which would close it.
document.addEventListener("mousedown", (event) => {
  if (event.target.closest?.(".suggestions")) event.preventDefault();
});

document.addEventListener("click", (event) => {
  const option = event.target.closest?.(".suggestions [role=option]");
  if (option) choose(option.parentElement.previousElementSibling, option);
});

document.addEventListener("input", (event) => {
  if (!event.target.matches?.("[data-suggest]")) return;
  clearTimeout(timer);
  timer = setTimeout(ask, WAIT, event.target);
});

document.addEventListener("focusout", (event) => close(event.target));
