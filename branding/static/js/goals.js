/* Drag a box of the strategy map to another place among its neighbours.  The drop sends the same form as the
   buttons "Move up" and "Move down" on the box's own page do; without this file they are the way. */
"use strict";

{
  const form = document.getElementById("place");
  let lifted = null;
  let target = null;

  const box_of = (event) => event.target.closest("[data-sortable] > [data-node]");

  function mark(box) {
    target?.classList.remove("is-target");
    target = box;
    target?.classList.add("is-target");
  }

  /* Only inside the list that it was lifted from: another place would mean something else. */
  function over(event) {
    if (!lifted) return;
    let box = event.target.closest("[data-node]");
    while (box && box.parentElement !== lifted.parentElement) box = box.parentElement?.closest("[data-node]");
    if (!box) return mark(null);
    event.preventDefault();
    const middle = box.getBoundingClientRect();
    const after = event.clientY > middle.top + middle.height / 2;
    mark(after ? box.nextElementSibling ?? box : box);
    lifted.dataset.last = after && !box.nextElementSibling ? "yes" : "";
  }

  function drop(event) {
    if (!lifted || !target) return;
    event.preventDefault();
    const before = lifted.dataset.last ? "" : target.dataset.node;
    if (before === lifted.dataset.node) return;
    form.action = form.action.replace(/\/nodes\/\d+\//, `/nodes/${lifted.dataset.node}/`);
    form.elements.before.value = before;
    form.submit();
  }

  function end() {
    lifted?.classList.remove("is-dragged");
    mark(null);
    lifted = null;
  }

  if (form) {
    for (const list of document.querySelectorAll("[data-sortable]")) {
      if (list.children.length < 2) continue;
      list.dataset.on = "yes";
      for (const box of list.children) box.draggable = true;
      // A link would be dragged as an address, and the box with it stay where it is.
      for (const link of list.querySelectorAll("a")) link.draggable = false;
    }
    for (const hint of document.querySelectorAll("[data-drag-hint]")) hint.hidden = false;
    document.addEventListener("dragstart", (event) => {
      const box = box_of(event);
      if (!box?.draggable) return;
      lifted = box;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", box.dataset.node);
      box.classList.add("is-dragged");
      event.stopPropagation();
    });
    document.addEventListener("dragover", over);
    document.addEventListener("drop", drop);
    document.addEventListener("dragend", end);
  }
}
