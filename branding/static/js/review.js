/* Keys for the review screen: A, R, H and J press the buttons that are there.  They never fire while
   somebody writes, with Ctrl, Alt or Cmd held down, or when they are switched off (WCAG 2.1.4). */
"use strict";

const list = document.querySelector("[data-keys]");
const tick = document.querySelector("[data-keys-on]");
const place = "review-keys-off";

if (list && tick) {
  list.hidden = false;
  tick.checked = localStorage.getItem(place) === null;
  tick.addEventListener("change", () => {
    if (tick.checked) localStorage.removeItem(place);
    else localStorage.setItem(place, "yes");
  });
  document.addEventListener("keydown", (event) => {
    if (!tick.checked || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const button = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!button) return;
    event.preventDefault();
    button.click();
  });
}

/* Opening the note puts the reader where it is written. */
const back = document.querySelector(".review-back");
back?.addEventListener("toggle", () => {
  if (back.open) back.querySelector("textarea").focus();
});
back?.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  back.open = false;
  back.querySelector("summary").focus();
});
