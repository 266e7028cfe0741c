/* The year wheel without reloading: a click or the arrow keys choose, Enter opens.  Without this file its links do. */
"use strict";

{
  const wheel = document.querySelector("[data-wheel]");
  const middle = document.getElementById("chosen");
  const segments = wheel ? [...wheel.querySelectorAll("a[data-c]")] : [];
  const columns = segments.length ? Number(segments.at(-1).dataset.c) + 1 : 0;

  const part = (place, name) => place.querySelector(`[data-part="${name}"]`);
  const chosen = () => wheel.querySelector("a.is-chosen") ?? segments[0];
  const in_column = (column) => segments.filter((one) => Number(one.dataset.c) === column);
  const row_of = (segment) => document.getElementById(`row-${segment.dataset.r}`);

  /* The words in the middle are the ones of the table's row, so that both always say the same. */
  function tell(segment) {
    const label = segment.getAttribute("aria-label");
    const [name, what] = [label.slice(0, label.indexOf(": ")), label.slice(label.indexOf(": ") + 2)];
    const [week, ...days] = name.split(", ");
    const small = document.createElement("small");
    small.textContent = days.join(", ");
    part(middle, "week").replaceChildren(`${week} `, small);
    const row = row_of(segment);
    for (const piece of ["who", "state", "links"]) {
      const words = row ? [...part(row, piece).cloneNode(true).childNodes] : [];
      part(middle, piece).replaceChildren(...(row || piece !== "who" ? words : [what]));
    }
    const number = new URL(segment.href.baseVal, location).searchParams.get("week");
    const link = middle.querySelector(".week-link");
    link.setAttribute("href", link.getAttribute("href").replace(/\/\d+(?=\?|$)/, `/${number}`));
  }

  function mark(segment) {
    for (const old of [chosen(), document.querySelector(".wheel-table .is-chosen")]) {
      old?.classList.remove("is-chosen");
      old?.removeAttribute("aria-current");
      if (old?.dataset.c) old.setAttribute("tabindex", "-1");
    }
    for (const now of [segment, row_of(segment)]) {
      now?.classList.add("is-chosen");
      now?.setAttribute("aria-current", "true");
    }
    segment.setAttribute("tabindex", "0");
  }

  function choose(segment, { focus = true } = {}) {
    if (!segment) return;
    mark(segment);
    tell(segment);
    history.replaceState(null, "", segment.href.baseVal.replace(/#.*/, ""));
    if (focus) segment.focus({ preventScroll: true });
  }

  /* The same lane when the week has it, else the nearest. */
  function beside(segment, weeks) {
    const found = in_column((Number(segment.dataset.c) + weeks + columns) % columns);
    return found.find((one) => one.dataset.l === segment.dataset.l) ?? found[0];
  }

  function other_lane(segment, by) {
    const found = in_column(Number(segment.dataset.c));
    return found[found.indexOf(segment) + by];
  }

  function key(event) {
    const segment = event.target.closest("a[data-c]");
    if (!segment || event.ctrlKey || event.metaKey || event.altKey) return;
    const ways = {
      ArrowRight: () => beside(segment, 1), ArrowLeft: () => beside(segment, -1),
      ArrowUp: () => other_lane(segment, -1), ArrowDown: () => other_lane(segment, 1),
      Home: () => in_column(0)[0], End: () => in_column(columns - 1)[0],
    };
    if (event.key === "Enter") {
      event.preventDefault();
      (middle.querySelector("[data-part=links] a") ?? middle.querySelector(".week-link")).click();
    } else if (ways[event.key]) {
      event.preventDefault();
      choose(ways[event.key]());
    }
  }

  if (segments.length) {
    for (const one of segments) one.setAttribute("tabindex", one === chosen() ? "0" : "-1");
    wheel.addEventListener("keydown", key);
    wheel.addEventListener("click", (event) => {
      const segment = event.target.closest("a[data-c]");
      if (!segment || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      choose(segment);
    });
    document.querySelector(".wheel-table")?.addEventListener("click", (event) => {
      const row = event.target.closest("th[scope=row] a")?.closest("tr");
      const segment = row && segments.find((one) => `row-${one.dataset.r}` === row.id);
      if (!segment || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      choose(segment, { focus: false });
      wheel.scrollIntoView({ block: "nearest" });
    });
  }
}
