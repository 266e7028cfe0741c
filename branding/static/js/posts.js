/* Drag a post to another day in the month or the week, with a pointer or a finger.  The server decides; its answer is
   said in place, with a button that undoes it.  Without this file one opens the post and presses Move. */
"use strict";

{
  const place = document.querySelector("[data-posts]");
  const said = document.querySelector("[data-said]");
  const base = place?.dataset.base ?? "/publishing";
  const FAR = 6, PATIENCE = 350;
  let drag = null;
  let suppress = false;

  /* The day under the pointer; over a takeover's bar or a date it is the day of that column in the same week. */
  function day_at(x, y) {
    const under = document.elementsFromPoint(x, y).filter((one) => place.contains(one));
    const day = under.map((one) => one.closest("[data-day]")).find(Boolean);
    if (day) return day;
    const week = under.map((one) => one.closest("tbody")).find(Boolean);
    return [...(week?.querySelectorAll("[data-day]") ?? [])].find((one) => {
      const box = one.getBoundingClientRect();
      return x >= box.left && x < box.right;
    });
  }

  function begin(event) {
    const post = event.target.closest("[data-post]");
    if (!post || event.button || !event.isPrimary || drag) return;
    drag = { post, from: post.closest("[data-day]"), over: null, pointer: event.pointerId, x: event.clientX, y: event.clientY, ghost: null, timer: 0 };
    // A finger that rests lifts the post; one that moves at once scrolls as always.
    if (event.pointerType === "touch") drag.timer = setTimeout(lift, PATIENCE);
  }

  function lift() {
    drag.ghost = drag.post.cloneNode(true);
    drag.ghost.classList.add("post-ghost");
    drag.ghost.setAttribute("aria-hidden", "true");
    drag.ghost.removeAttribute("data-post");
    document.body.append(drag.ghost);
    drag.post.classList.add("is-lifted");
    document.documentElement.classList.add("is-dragging");
    follow(drag.x, drag.y);
  }

  function follow(x, y) {
    drag.ghost.style.left = `${x + 8}px`;
    drag.ghost.style.top = `${y + 8}px`;
    const over = day_at(x, y);
    if (over !== drag.over) {
      drag.over?.classList.remove("is-over");
      over?.classList.add("is-over");
      drag.over = over;
    }
  }

  function move(event) {
    if (!drag || event.pointerId !== drag.pointer) return;
    if (!drag.ghost) {
      if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < FAR) return;
      if (event.pointerType === "touch") return void stop();
      lift();
    }
    follow(event.clientX, event.clientY);
  }

  function stop() {
    clearTimeout(drag?.timer);
    drag?.ghost?.remove();
    drag?.over?.classList.remove("is-over");
    drag?.post.classList.remove("is-lifted");
    document.documentElement.classList.remove("is-dragging");
    drag = null;
  }

  function drop(event) {
    if (!drag || event.pointerId !== drag.pointer) return;
    const { post, from, over, ghost } = drag;
    suppress = Boolean(ghost);  // the click that follows is no wish to open the post
    stop();
    if (ghost && over && over !== from) ask(post, from, over);
  }

  async function ask(post, from, to, is_undo = false) {
    const body = new URLSearchParams({ csrf_token: place.dataset.token, day: to.dataset.day, version: post.dataset.v });
    let answer = null;
    try {
      const found = await fetch(`${base}/${post.dataset.post}/drag`, { method: "POST", body, credentials: "same-origin" });
      if (found.ok) answer = await found.json();
    } catch { /* no network: said below */ }
    if (!answer) return tell(place.dataset.failed, true);
    if (!answer.is_done) return tell(answer.text, true, form_link(post));
    post.dataset.v = answer.version;
    insert(post, to);
    tell(answer.text, false, is_undo ? null : undo_button(post, to, from));
    post.querySelector("a").focus({ preventScroll: true });
  }

  function insert(post, to) {
    let list = to.querySelector(".day-posts");
    const time = post.querySelector("b").textContent;
    const later = [...list.children].find((one) => one.querySelector("b").textContent > time);
    list.insertBefore(post, later ?? null);
    post.classList.add("is-moved");
  }

  function tell(text, is_no, way = null) {
    said.textContent = text;
    said.classList.toggle("is-no", is_no);
    if (way) said.append(way);
    said.scrollIntoView({ block: "nearest" });
  }

  function undo_button(post, now, before) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-tertiary button-small";
    button.textContent = place.dataset.undo;
    button.addEventListener("click", () => ask(post, now, before, true));
    return button;
  }

  function form_link(post) {
    const link = document.createElement("a");
    link.href = `${base}/${post.dataset.post}/move`;
    link.textContent = place.dataset.form;
    return link;
  }

  if (place && said && place.querySelector("[data-post]")) {
    place.classList.add("can-drag");
    for (const hint of document.querySelectorAll("[data-drag-posts]")) hint.hidden = false;
    place.addEventListener("pointerdown", begin);
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
    place.addEventListener("dragstart", (event) => event.target.closest("[data-post]") && event.preventDefault());
    place.addEventListener("touchmove", (event) => drag?.ghost && event.preventDefault(), { passive: false });
    place.addEventListener("contextmenu", (event) => drag?.ghost && event.preventDefault());
    place.addEventListener("click", (event) => {
      if (suppress && event.target.closest("[data-post] a")) event.preventDefault();
    }, true);
  }
}
