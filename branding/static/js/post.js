/* Making a post with a bad signal: what is written is kept on the phone at every key and on the server soon after,
   and buttons wait for the network.  Every step works without this file. */
"use strict";

{
  const root = document.documentElement;
  const step = document.querySelector("[data-post]");
  const PAUSE = 1500, LONGEST_WAIT = 15000;
  root.classList.add("has-script");

  const wait = (time) => new Promise((done) => {
    const timer = setTimeout(go, time);
    function go() {
      clearTimeout(timer);
      removeEventListener("online", go);
      done();
    }
    addEventListener("online", go);
  });

  /* Ask until the network answers; what the server answers is the caller's to judge. */
  async function ask(address, options = {}, onWait = () => {}) {
    for (let pause = 1000; ; pause = Math.min(pause * 2, LONGEST_WAIT)) {
      try {
        const answer = await fetch(address, {
          credentials: "same-origin", cache: "no-store", ...options,
          headers: { "X-CSRFToken": step?.dataset.csrf ?? "", ...options.headers },
        });
        if (answer.status < 500 && answer.status !== 429) return answer;
      } catch { /* no network */ }
      onWait();
      await wait(pause);
    }
  }

  const is_json = (answer) => (answer.headers.get("Content-Type") ?? "").startsWith("application/json");

  /* Show the server's own part of the page anew. */
  async function refresh(...names) {
    const answer = await ask(location.pathname);
    if (!answer.ok) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const name of names) {
      const [here, there] = [document, page].map((one) => one.querySelector(`[data-part="${name}"]`));
      if (here && there) here.replaceWith(document.importNode(there, true));
    }
    return page;
  }
  window.stafetPost = { ask, is_json, refresh };

  /* Buttons and steps wait for the network, and go on by themselves. */
  const state_of = (form) => form.querySelector("[data-state]") ?? document.querySelector("[data-state]");

  async function go_on(form, button) {
    const state = state_of(form);
    await ask("/health", {}, () => {
      if (state) [state.textContent, state.className] = [form.dataset.stateOff ?? "…", "save-state is-off"];
    });
    submit(form, button);
  }

  function submit(form, button) {
    if (button?.name) {
      const pressed = document.createElement("input");
      [pressed.type, pressed.name, pressed.value] = ["hidden", button.name, button.value];
      form.append(pressed);
    }
    HTMLFormElement.prototype.submit.call(form);
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !step?.contains(form) || form.matches("[data-words], [data-upload]")) return;
    event.preventDefault();
    go_on(form, event.submitter);
  });

  document.addEventListener("click", async (event) => {
    const link = event.target.closest(".post-steps a, .post-next a");
    if (!link || navigator.onLine || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    link.classList.add("is-waiting");
    await ask("/health");
    location.assign(link.href);
  });

  /* Faces are counted meanwhile: the part is shown anew when that is done, and nobody is in the middle of a word. */
  async function look_again() {
    const line = document.querySelector("[data-refresh]");
    if (!line) return;
    await wait(3000);
    const answer = await ask(location.pathname);
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const part = document.querySelector(`[data-part="${line.dataset.refresh}"]`);
    const busy = part?.contains(document.activeElement) && document.activeElement.matches("input, summary, button");
    const there = page.querySelector(`[data-part="${line.dataset.refresh}"]`);
    if (!part || !there) return; /* signed out meanwhile: the next press says so */
    if (!page.querySelector("[data-refresh]") && !busy) {
      part.replaceWith(document.importNode(there, true));
      tell_found();
    } else look_again();
  }

  /* To those who do not see that the page has changed. */
  function tell_found() {
    const place = document.querySelector("[data-found]");
    const found = [...document.querySelectorAll(".faces[open] > summary")].map(
      (one) => `${one.closest("section").querySelector("h2").textContent}: ${one.textContent}`);
    if (place) place.textContent = found.join(". ") || place.dataset.none;
  }
  look_again();

  /* A tap says what matters in a picture. */
  const focus = document.querySelector("[data-focus-on]");
  if (focus) {
    const form = focus.closest("form"), dot = focus.querySelector("circle");
    const put = (x, y) => {
      const { width, height } = dot.ownerSVGElement.viewBox.baseVal;
      dot.setAttribute("cx", x * width);
      dot.setAttribute("cy", y * height);
    };
    focus.addEventListener("click", (event) => {
      const box = focus.querySelector("img").getBoundingClientRect();
      const [x, y] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
      [form.elements.x.value, form.elements.y.value] = [x.toFixed(3), y.toFixed(3)];
      for (const spot of form.querySelectorAll("[name=spot]")) spot.checked = false;
      put(x, y);
    });
    form.addEventListener("change", (event) => {
      if (event.target.name !== "spot") return;
      form.elements.x.value = form.elements.y.value = "";
      put(...event.target.value.split("-").map((part) => part / 100));
    });
  }

  /* Once it is sent, nothing of the post stays on a phone that others may borrow. */
  const sent = document.querySelector("[data-sent]");
  if (sent) {
    try {
      localStorage.removeItem(`stafet-post-${sent.dataset.sent}`);
      const opening = indexedDB.open("stafet-files", 1);
      opening.onupgradeneeded = () => opening.transaction.abort(); /* no file was ever kept here */
      opening.onerror = (event) => event.preventDefault();
      opening.onsuccess = () => {
        const files = opening.result.transaction("files", "readwrite").objectStore("files"), all = files.getAll();
        all.onsuccess = () => { for (const one of all.result) if (one.draft === sent.dataset.sent) files.delete(one.key); };
      };
    } catch { /* private windows keep nothing */ }
  }

  /* Text: counted as Instagram counts, kept at every key. */
  const words = document.querySelector("[data-words]");
  if (words) {
    const key = `stafet-post-${words.dataset.key}`;
    const state = words.querySelector("[data-state]");
    const fields = () => [...words.elements].filter((one) => one.name && one.type !== "hidden" && one.type !== "submit");
    const marks = () => [...words.elements].filter((one) => one.name?.startsWith("mark-"));
    const value = (one) => (one.type === "checkbox" ? one.checked : one.value);
    const written = () => Object.fromEntries(fields().map((one) => [one.type === "checkbox" ? one.id : one.name, value(one)]));
    let timer = 0, saving = null, edits = 0;

    const say = (text, is_off = false) => {
      if (state.textContent !== text) state.textContent = text;
      state.classList.toggle("is-off", is_off);
    };

    function keep() {
      const base = Object.fromEntries(marks().map((one) => [one.name, one.value]));
      try {
        localStorage.setItem(key, JSON.stringify({ fields: written(), base }));
        say(words.dataset.kept);
      } catch { /* private windows keep nothing; the server does */ }
    }

    function restore() {
      let kept = null;
      try { kept = JSON.parse(localStorage.getItem(key)); } catch { /* nothing that we wrote */ }
      if (!kept?.fields) return;
      const now = written();
      const lost = Object.keys(kept.fields).filter((name) => name in now && now[name] !== kept.fields[name]);
      if (!lost.length) return localStorage.removeItem(key);
      for (const one of fields()) {
        const told = kept.fields[one.type === "checkbox" ? one.id : one.name];
        if (told === undefined) continue;
        if (one.type === "checkbox") one.checked = told; else one.value = told;
      }
      for (const one of marks()) one.value = kept.base?.[one.name] ?? one.value;
      for (const box of words.querySelectorAll("details")) box.open ||= fields().some((one) => box.contains(one) && lost.includes(one.name));
      say(words.dataset.back);
      edits += 1;
      timer = setTimeout(save, PAUSE);
    }

    /* A word that is gone from the text needs no reason any more. */
    function tidy(findings) {
      for (const one of words.querySelectorAll("[data-finding]")) if (!findings.includes(one.dataset.finding)) one.remove();
      const box = words.querySelector("[data-findings]");
      if (box && !box.querySelector("[data-finding]")) box.remove();
    }

    /* One at a time; true when everything that was written is on the server. */
    async function save() {
      clearTimeout(timer);
      if (saving) {
        await saving;
        return edits ? save() : true;
      }
      const [sent, body] = [edits, new FormData(words)];
      saving = ask(words.dataset.words, { method: "POST", body }, () => say(words.dataset.off, true));
      const answer = await saving;
      saving = null;
      if (!is_json(answer)) {
        say(words.dataset.closed, true);
        return false;
      }
      const told = await answer.json().catch(() => null);
      if (!told) { /* the line broke in the middle of the answer */
        say(words.dataset.off, true);
        timer = setTimeout(save, PAUSE);
        return false;
      }
      if (answer.ok) {
        for (const one of marks()) one.value = told.marks[one.name.slice(5)] ?? one.value;
        tidy(told.findings ?? []);
        if (told.turn !== document.querySelector("[data-turn]")?.dataset.turn) refresh("turn").catch(() => null);
        if (edits !== sent) return save();
        edits = 0;
        localStorage.removeItem(key);
        say(words.dataset.saved);
        return true;
      }
      if (answer.status === 409) return choose(told);
      say(told.text, true);
      return false;
    }

    /* Two people wrote in the same field: both are shown, and one is chosen. */
    function choose(told) {
      const dialog = document.createElement("dialog");
      dialog.className = "clash-dialog";
      const heading = Object.assign(document.createElement("h2"), { textContent: words.dataset.clash, id: "clash-head" });
      dialog.setAttribute("aria-labelledby", heading.id);
      const sides = [["mine", told.mine], ["theirs", told.theirs]].map(([side, pairs]) => {
        const part = document.createElement("section");
        for (const [label, text] of pairs) {
          part.append(Object.assign(document.createElement("h3"), { textContent: label }), Object.assign(document.createElement("p"), { textContent: text || "–" }));
        }
        const button = Object.assign(document.createElement("button"), { type: "button", className: "button button-secondary", textContent: words.dataset[side] });
        button.addEventListener("click", () => dialog.close(side));
        part.append(button);
        return part;
      });
      dialog.append(heading, ...sides);
      document.body.append(dialog);
      dialog.showModal();
      return new Promise((done) => dialog.addEventListener("close", async () => {
        dialog.remove();
        if (dialog.returnValue === "theirs") {
          localStorage.removeItem(key);
          location.reload();
        } else if (dialog.returnValue === "mine") {
          for (const one of marks()) one.value = told.marks[one.name.slice(5)] ?? one.value;
          done(await save());
        } else done(false);
      }));
    }

    words.addEventListener("input", () => {
      edits += 1;
      keep();
      clearTimeout(timer);
      timer = setTimeout(save, PAUSE);
    });
    words.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (await save()) submit(words, event.submitter);
      else delete words.dataset.sent;
    });

    const caption = words.querySelector("[data-caption]");
    if (caption) {
      const counter = words.querySelector("[data-counter]");
      const W = "\\p{L}\\p{M}\\p{Nd}_", URL = "(?:[Hh][Tt]{2}[Pp][Ss]?:\\/\\/|[Ww]{3}\\.)\\P{White_Space}+";
      const TAGS = new RegExp(`${URL}|(?:^|[^${W}\\/&])((?:#[${W}]+)+)`, "gu");
      const MENTIONS = new RegExp(`${URL}|(?:^|[^${W}.\\/&@+\\-])@([A-Za-z0-9_](?:[A-Za-z0-9_.]*[A-Za-z0-9_])?)(?![${W}])`, "gu");
      const letters = (text) => (window.Intl?.Segmenter ? [...new Intl.Segmenter("da", { granularity: "grapheme" }).segment(text)].length : [...text].length);
      const tags = (text) => [...text.matchAll(TAGS)].flatMap((found) => (found[1] ?? "").split("#").slice(1)).filter((tag) => !/^\p{Nd}+$/u.test(tag));
      const mentions = (text) => [...text.matchAll(MENTIONS)].filter((found) => found[1]);
      const part = (text, look = "") => Object.assign(document.createElement("span"), { textContent: text, className: look });
      const told = (name, number) => counter.dataset[name].replace("#", number);

      function count() {
        const text = caption.value, [has, called] = [tags(text).length, mentions(text).length];
        const parts = [part(told("letters", `${letters(text)} / 2.200`))];
        if (text.length > 2200) parts.push(part(told("long", text.length - 2200), "is-stop"));
        if (has > 30) parts.push(part(told("tagsStop", has), "is-stop"));
        else if (has > 5) parts.push(part(told("tags", has), "is-warning"));
        if (called > 20) parts.push(part(told("mentionsStop", called), "is-stop"));
        counter.replaceChildren(...parts);
      }

      const write = (text) => {
        caption.value = text;
        caption.dispatchEvent(new Event("input", { bubbles: true }));
      };
      caption.addEventListener("input", count);
      for (const hint of words.querySelectorAll("[data-hint]")) {
        hint.hidden = false;
        hint.addEventListener("click", () => {
          caption.placeholder = hint.textContent;
          caption.focus();
        });
      }
      words.addEventListener("click", (event) => {
        const button = event.target.closest("[data-tags-add], [data-capitals]");
        if (!button) return;
        event.preventDefault();
        if (button.dataset.capitals) {
          write(caption.value.replace(new RegExp(`#${button.value}(?![${W}])`, "gu"), `#${button.dataset.capitals}`));
          return button.closest("p").remove();
        }
        const has = new Set(tags(caption.value).map((tag) => tag.toLowerCase()));
        const missing = button.value.split(" ").filter((tag) => !has.has(tag.slice(1).toLowerCase()));
        if (!missing.length) return;
        const body = caption.value.trimEnd(), last = body.split("\n").pop().trim();
        write(`${body}${body ? (/^(#\S+\s*)+$/u.test(last) ? " " : "\n\n") : ""}${missing.join(" ")}`);
      });
      restore();
      count();
    } else restore();
  }
}
