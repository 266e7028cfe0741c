/* Comforts of the page that people answer on.  Everything can be answered without this file. */
"use strict";

/* Larger and smaller text, kept while the window is open. */
const sizes = document.querySelector("[data-text-size]");
if (sizes) {
  const steps = ["", "size-2", "size-3", "size-4"];
  const buttons = [sizes.querySelector("[data-smaller]"), sizes.querySelector("[data-larger]")];
  let step = Number(sessionStorage.getItem("sign-size")) || 0;
  const show = () => {
    document.body.classList.remove(...steps.filter(Boolean));
    if (steps[step]) document.body.classList.add(steps[step]);
    buttons[0].disabled = step === 0;
    buttons[1].disabled = step === steps.length - 1;
    sessionStorage.setItem("sign-size", String(step));
    window.dispatchEvent(new Event("resize"));
  };
  buttons[0].addEventListener("click", () => { step = Math.max(0, step - 1); show(); });
  buttons[1].addEventListener("click", () => { step = Math.min(steps.length - 1, step + 1); show(); });
  sizes.hidden = false;
  show();
}

/* Reading aloud, line by line; the line that is read is marked. */
const reader = document.querySelector("[data-reader]");
if (reader && "speechSynthesis" in window) {
  const button = reader.querySelector("[data-speak]");
  const stop = reader.querySelector("[data-stop]");
  const words = button.querySelector("span");
  let lines = [];
  let at = -1;
  let isPaused = false;
  const mark = () => lines.forEach((line, index) => line.classList.toggle("is-spoken", index === at));
  const end = () => {
    at = -1;
    isPaused = false;
    mark();
    words.textContent = reader.dataset.start;
    stop.hidden = true;
  };
  const say = () => {
    if (at < 0 || at >= lines.length) return end();
    mark();
    const line = new SpeechSynthesisUtterance(lines[at].textContent.trim());
    line.lang = "da-DK";
    line.rate = 0.9;
    const here = at;
    line.onend = () => { if (at === here && !isPaused) { at += 1; say(); } };
    speechSynthesis.speak(line);
  };
  button.addEventListener("click", () => {
    if (at < 0) {
      lines = [document.querySelector("h1"), ...document.querySelectorAll("[data-read] h2, [data-read] p, h2[data-read], p[data-read], legend[data-read], li[data-read]")];
      at = 0;
      words.textContent = reader.dataset.pause;
      stop.hidden = false;
      say();
    } else if (isPaused) {
      isPaused = false;
      words.textContent = reader.dataset.pause;
      say();
    } else {
      isPaused = true;
      words.textContent = reader.dataset.on;
      speechSynthesis.cancel();
    }
  });
  stop.addEventListener("click", () => { isPaused = true; speechSynthesis.cancel(); end(); button.focus(); });
  window.addEventListener("pagehide", () => speechSynthesis.cancel());
  reader.hidden = false;
}

const form = document.querySelector("form[data-keep]");
const strokes = form?.querySelector("input[name=strokes]");

/* Answers stay in this window until they are sent: nothing is lost when the net is away. */
const place = form && `sign:${location.pathname}:${form.dataset.keep}`;
const fields = () => [...form.elements].filter((one) => one.name && !["csrf_token", "part", "step", "answer"].includes(one.name));
const keep = () => {
  const kept = {};
  for (const one of fields()) {
    if (["radio", "checkbox"].includes(one.type)) { if (one.checked) kept[one.name] = one.value; } else kept[one.name] = one.value;
  }
  sessionStorage.setItem(place, JSON.stringify(kept));
};
if (form) {
  const kept = JSON.parse(sessionStorage.getItem(place) || "{}");
  for (const one of fields()) {
    const value = kept[one.name];
    if (value === undefined) continue;
    if (["radio", "checkbox"].includes(one.type)) one.checked = one.value === value;
    else if (!one.value) one.value = value;
  }
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
}
if (document.querySelector("[data-forget]")) {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith("sign:")) sessionStorage.removeItem(key);
}
for (const one of document.querySelectorAll(".sign form[method=post]")) {
  one.addEventListener("submit", (event) => {
    const warning = document.querySelector("[data-offline]");
    if (warning) warning.hidden = navigator.onLine;
    if (navigator.onLine) return;
    event.preventDefault();
    delete one.dataset.sent;
    warning?.scrollIntoView({ block: "center" });
  });
}

/* Drawing the signature; what is sent are points, and the server draws its own picture of them. */
window.addEventListener("DOMContentLoaded", () => {
  const box = document.querySelector("[data-pad]");
  if (!box || typeof SignaturePad === "undefined") return;
  box.hidden = false;
  const canvas = box.querySelector("canvas");
  const status = box.querySelector("#pad-status");
  const pad = new SignaturePad(canvas, { penColor: "#111", minWidth: 1.2, maxWidth: 2.6 });
  const tell = () => { status.textContent = pad.isEmpty() ? status.dataset.empty : status.dataset.drawn; };
  const write = () => {
    const lines = pad.toData().map((line) => line.points.map((point) => [Math.round(point.x * 10) / 10, Math.round(point.y * 10) / 10]));
    strokes.value = pad.isEmpty() ? "" : JSON.stringify({ width: canvas.clientWidth, height: canvas.clientHeight, strokes: lines });
    tell();
    keep();
  };
  const fit = () => {
    /* A canvas that changes its size is emptied: what was drawn is drawn again. */
    const ratio = Math.max(window.devicePixelRatio || 1, 1);
    canvas.width = canvas.clientWidth * ratio;
    canvas.height = canvas.clientHeight * ratio;
    canvas.getContext("2d").scale(ratio, ratio);
    pad.clear();
    if (strokes.value) {
      const drawn = JSON.parse(strokes.value);
      const across = canvas.clientWidth / drawn.width;
      const down = canvas.clientHeight / drawn.height;
      pad.fromData(drawn.strokes.map((line) => ({ penColor: "#111", minWidth: 1.2, maxWidth: 2.6, dotSize: 0, points: line.map(([x, y]) => ({ x: x * across, y: y * down, pressure: 0.5, time: 0 })) })));
    }
    tell();
  };
  pad.addEventListener("endStroke", write);
  box.querySelector("[data-clear]").addEventListener("click", () => { pad.clear(); write(); });
  let width = canvas.clientWidth;
  window.addEventListener("resize", () => { if (canvas.clientWidth !== width) { width = canvas.clientWidth; fit(); } });
  fit();
});
