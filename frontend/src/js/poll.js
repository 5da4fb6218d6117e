// data-poll="30" with hx-trigger="poll": asks again every 30 seconds, but not while nobody is looking.
const due = new WeakMap();

function tick() {
  if (document.hidden) return;
  const now = Date.now();
  for (const place of document.querySelectorAll("[data-poll]")) {
    const every = 1000 * (Number(place.dataset.poll) || 30);
    if (!due.has(place)) due.set(place, now + every);
    else if (now >= due.get(place)) {
      due.set(place, now + every);
      place.dispatchEvent(new CustomEvent("poll"));
    }
  }
}

setInterval(tick, 1000);
document.addEventListener("visibilitychange", tick);
