/* Drag a turn to other weeks in the year.  Nothing is saved by dragging: the drop opens the same consequences,
   with the same form, as the page behind "Move" on the turn.  Without this file that page is the way. */
"use strict";

{
  const table = document.querySelector("table.year");
  const region = table?.closest(".calendar-region");
  const heads = table ? [...table.querySelectorAll("th.w")] : [];
  const FAR = 6, PATIENCE = 350, EDGE = 60, STEP = 18;
  let drag = null;
  let suppress = false;

  const column_at = (x) => heads.findIndex((head) => x < head.getBoundingClientRect().right);
  const weeks_of = (first, count) => (count === 1 ? `${first + 1}` : `${first + 1}-${first + count}`);

  function begin(event) {
    const bar = event.target.closest("[data-move] a.bar:not([data-cut])");
    if (!bar || event.button || !event.isPrimary || drag) return;
    const box = bar.closest("td").getBoundingClientRect();
    const first = column_at(box.left + 2);
    drag = {
      bar, first, to: first, count: bar.closest("td").colSpan, pointer: event.pointerId,
      x: event.clientX, y: event.clientY, scroll: region.scrollLeft, ghost: null, timer: 0,
    };
    // A finger that rests lifts the bar; one that moves at once scrolls as always.
    if (event.pointerType === "touch") drag.timer = setTimeout(lift, PATIENCE);
  }

  function lift() {
    drag.ghost = document.createElement("div");
    drag.ghost.className = "drag-ghost";
    drag.ghost.setAttribute("aria-hidden", "true");
    region.append(drag.ghost);
    drag.bar.classList.add("is-lifted");
    document.documentElement.classList.add("is-dragging");
    show();
  }

  function show() {
    const [start, end] = [heads[drag.to], heads[drag.to + drag.count - 1]].map((head) => head.getBoundingClientRect());
    const [box, row] = [region.getBoundingClientRect(), drag.bar.getBoundingClientRect()];
    const style = drag.ghost.style;
    style.left = `${start.left - box.left - region.clientLeft + region.scrollLeft}px`;
    style.top = `${row.top - box.top - region.clientTop + region.scrollTop}px`;
    style.minWidth = `${end.right - start.left}px`;
    drag.ghost.textContent = table.dataset.week.replace("0", weeks_of(drag.to, drag.count));
  }

  function move(event) {
    if (!drag || event.pointerId !== drag.pointer) return;
    const [right, down] = [event.clientX - drag.x, event.clientY - drag.y];
    if (!drag.ghost) {
      if (Math.hypot(right, down) < FAR) return;
      if (event.pointerType === "touch") return void stop();
      lift();
    }
    const box = region.getBoundingClientRect();
    if (event.clientX > box.right - EDGE) region.scrollLeft += STEP;
    if (event.clientX < box.left + EDGE) region.scrollLeft -= STEP;
    const width = heads[0].getBoundingClientRect().width;
    const weeks = Math.round((right + region.scrollLeft - drag.scroll) / width);
    drag.to = Math.min(Math.max(drag.first + weeks, 0), heads.length - drag.count);
    show();
  }

  function stop() {
    clearTimeout(drag?.timer);
    drag?.ghost?.remove();
    drag?.bar.classList.remove("is-lifted");
    document.documentElement.classList.remove("is-dragging");
    drag = null;
  }

  function drop(event) {
    if (!drag || event.pointerId !== drag.pointer) return;
    const { bar, first, to, ghost } = drag;
    suppress = Boolean(ghost);  // the click that follows is no wish to open the turn
    stop();
    if (!ghost || to === first) return;
    const week = `${table.dataset.year}-W${String(to + 1).padStart(2, "0")}`;
    ask(bar, `${bar.getAttribute("href")}/move?to=${week}`);
  }

  /* The page's own words and form in a dialog over the year; the page itself when anything is unusual. */
  async function ask(bar, address) {
    let found = null;
    try {
      const answer = await fetch(address, { credentials: "same-origin" });
      if (!answer.redirected && answer.status < 500) found = new DOMParser().parseFromString(await answer.text(), "text/html");
    } catch { /* no network: the browser says so better than we can */ }
    const told = found && [...found.querySelectorAll("main .error-summary, main .consequences")];
    if (!told?.length || !window.HTMLDialogElement) return void location.assign(address);
    const dialog = document.createElement("dialog");
    const heading = document.createElement("h2");
    dialog.className = "drag-dialog";
    heading.id = "drag-heading";
    heading.textContent = found.querySelector("h1").textContent;
    dialog.setAttribute("aria-labelledby", heading.id);
    dialog.append(heading, ...told.map((part) => document.importNode(part, true)));
    if (!dialog.querySelector("form")) dialog.append(closing());
    for (const way of dialog.querySelectorAll(".button-tertiary")) way.addEventListener("click", (event) => {
      event.preventDefault();
      dialog.close();
    });
    for (const link of dialog.querySelectorAll(".error-summary a")) link.replaceWith(...link.childNodes);
    for (const form of dialog.querySelectorAll("form")) form.append(year_kept());
    for (const form of dialog.querySelectorAll("form")) form.addEventListener("submit", (event) => {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = "yes";
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      bar.focus();
    });
    document.body.append(dialog);
    dialog.showModal();
  }

  /* After the move one stays in the calendar. */
  function year_kept() {
    const back = document.createElement("input");
    back.type = "hidden";
    back.name = "back";
    back.value = table.dataset.year;
    return back;
  }

  function closing() {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-tertiary";
    button.textContent = table.dataset.close;
    return button;
  }

  if (region && table.querySelector("[data-move] a.bar")) {
    for (const hint of document.querySelectorAll("[data-drag-hint]")) hint.hidden = false;
    table.addEventListener("pointerdown", begin);
    addEventListener("pointermove", move);
    addEventListener("pointerup", (event) => {
      drop(event);
      setTimeout(() => { suppress = false; }, 50);
    });
    addEventListener("pointercancel", (event) => event.pointerId === drag?.pointer && stop());
    addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !drag?.ghost) return;
      stop();
      suppress = true;
    });
    // The browser's own dragging of links, scrolling and menus would take the pointer away.
    table.addEventListener("dragstart", (event) => event.preventDefault());
    table.addEventListener("touchmove", (event) => drag?.ghost && event.preventDefault(), { passive: false });
    table.addEventListener("contextmenu", (event) => drag?.ghost && event.preventDefault());
    table.addEventListener("click", (event) => {
      if (suppress && event.target.closest("a.bar")) event.preventDefault();
    }, true);
  }
}
