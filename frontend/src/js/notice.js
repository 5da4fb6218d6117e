// A line in the corner that goes by itself; read out by screen readers.
const SHOWN_FOR = 6000;

export function words(name) {
  return document.getElementById("toasts")?.dataset[name] ?? "";
}

export function notice(text) {
  const box = document.getElementById("toasts");
  if (!box || !text) return;
  const note = document.createElement("div");
  note.className = "toast-note";
  note.textContent = text;
  box.append(note);
  setTimeout(() => note.remove(), SHOWN_FOR);
}
