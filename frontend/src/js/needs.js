// What only makes sense with JavaScript stays hidden without it.
for (const one of document.querySelectorAll("[data-script]")) one.hidden = false;
