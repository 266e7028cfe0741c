/* Small comforts. Every page works without this file. */
"use strict";

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

/* A refused form puts the reader at the summary of what is missing. */
document.querySelector("[data-focus]")?.focus();

/* Filters take effect when they are chosen; the button stays for those who prefer it. */
for (const form of document.querySelectorAll("form[data-auto]")) {
  form.addEventListener("change", () => form.requestSubmit());
}

/* A menu closes with Escape and when one clicks beside it. */
for (const menu of document.querySelectorAll("details[data-close]")) {
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
}

/* A wide calendar opens at today instead of January. */
for (const region of document.querySelectorAll("[data-scroll-to-now]")) {
  const now = region.querySelector("thead .is-today");
  if (now) region.scrollLeft = Math.max(0, now.offsetLeft - region.clientWidth / 2);
}

/* A form that is sent twice by a double click is sent once. */
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
}
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
