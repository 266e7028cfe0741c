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

/* "/" goes to the search, from wherever one is not writing. */
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const field = document.querySelector("[data-search]");
  const link = document.querySelector("[data-search-page]");
  if (!field && !link) return;
  event.preventDefault();
  if (field) field.select();
  else location.assign(link.href);
});

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

/* An address is copied with one press, where the browser lets pages copy. */
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copy);
    await navigator.clipboard.writeText(source.value ?? source.textContent);
    button.querySelector("span").textContent = button.dataset.done;
  });
}

/* A search that goes on in the background says how far it is, and the page loads anew when it is done. */
for (const line of document.querySelectorAll("[data-follow]")) {
  const ask = async () => {
    try {
      const answer = await fetch(line.dataset.follow);
      if (!answer.ok) return;
      const said = await answer.json();
      line.querySelector("span").textContent = said.text;
      if (!said.is_under_way) return location.reload();
    } catch {
      /* The network is away for a moment. */
    }
    setTimeout(ask, 1500);
  };
  setTimeout(ask, 1000);
}
