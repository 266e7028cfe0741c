/* Pictures are sent in parts, and go on where they stopped: after a lost connection, and after the page was closed.
   Without this file the form sends them whole. */
"use strict";

{
  const form = document.querySelector("[data-upload]");
  const { ask, is_json, refresh } = window.stafetPost ?? {};
  const PART = 512 * 1024;
  /* Refused for now: nothing is wrong with the file itself. */
  const PASSING = ["too_much_under_way", "not_whole", "large_part", "dropped", "takeover_ended"];

  /* Files wait in the browser's own store until they are safe. */
  const store = new Promise((done) => {
    try {
      const opening = indexedDB.open("stafet-files", 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore("files", { keyPath: "key" });
      opening.onsuccess = () => done(opening.result);
      opening.onerror = () => done(null);
    } catch {
      done(null);
    }
  });

  async function in_store(mode, work) {
    const base = await store;
    if (!base) return undefined;
    return new Promise((done) => {
      const doing = base.transaction("files", mode);
      const asked = work(doing.objectStore("files"));
      doing.oncomplete = () => done(asked.result);
      doing.onerror = doing.onabort = () => done(undefined);
    });
  }

  const keep = (one) => in_store("readwrite", (files) => files.put(one));
  const forget = (one) => in_store("readwrite", (files) => files.delete(one.key));

  function row_of(one) {
    const row = document.createElement("li");
    const name = Object.assign(document.createElement("span"), { className: "post-sending-name" });
    const bar = Object.assign(document.createElement("progress"), { max: one.file.size || 1, value: 0 });
    bar.setAttribute("aria-label", form.dataset.sending.replace("# %", ""));
    row.append(name, bar);
    form.querySelector("[data-list]").append(row);
    form.querySelector("[data-list]").hidden = false;
    return {
      row,
      tell: (text) => { name.textContent = text; },
      at: (received) => {
        bar.value = received;
        name.textContent = form.dataset.sending.replace("#", Math.round((100 * received) / one.file.size));
      },
    };
  }

  const said = (text) => { form.querySelector("[data-said]").textContent = text; };

  /* The server's word, or an error that says whether trying again may help. */
  async function told(answer) {
    if (!is_json(answer)) throw Object.assign(new Error(form.dataset.lost), { keeps: true });
    const found = await answer.json();
    if (answer.ok) return found;
    throw Object.assign(new Error(found.text), { status: answer.status, code: found.code });
  }

  async function send(one) {
    const shown = row_of(one), waits = () => shown.tell(form.dataset.waiting);
    const post = async (path, body) => told(await ask(`${form.dataset.upload}${path}`, { method: "POST", body }, waits));
    const how_far = async () => told(await ask(`${form.dataset.upload}/${one.upload}`, {}, waits));
    try {
      let state = null;
      if (one.upload) state = await how_far().catch((error) => { if (error.status !== 404) throw error; });
      if (!state) {
        const asked = new FormData();
        asked.append("size", one.file.size);
        asked.append("mime", one.file.type);
        state = await post("", asked);
        one.upload = state.id;
        await keep(one);
      }
      while (state.received < state.size && !state.item) {
        shown.at(state.received);
        const part = one.file.slice(state.received, state.received + PART);
        state = await post(`/${one.upload}/part?offset=${state.received}`, new Blob([part], { type: "application/octet-stream" }))
          .catch((error) => { if (error.status !== 409) throw error; return how_far(); });
      }
      shown.at(one.file.size);
      shown.tell(form.dataset.reading);
      await post(`/${one.upload}/finish`, new FormData());
      await forget(one);
      shown.row.remove();
      await refresh("turn", "pictures", "drop", "next");
      said(form.dataset.done);
    } catch (error) {
      failed(one, shown, error);
    }
  }

  /* What the server says no to is told, and tried again only when somebody asks for it. */
  function failed(one, shown, error) {
    shown.tell(error.message);
    shown.row.classList.add("is-bad");
    said(error.message);
    const button = (text, work) => {
      const made = Object.assign(document.createElement("button"), { type: "button", className: "button button-tertiary button-small", textContent: text });
      made.addEventListener("click", () => {
        shown.row.remove();
        work();
      });
      return made;
    };
    if ([400, 413, 415].includes(error.status) && !PASSING.includes(error.code)) {
      forget(one); /* its kind or size will be no other next time */
      shown.row.append(button(form.dataset.remove, () => {}));
      return;
    }
    shown.row.append(button(form.dataset.again, () => queue(one)), button(form.dataset.away, () => forget(one)));
    if (!error.keeps) one.upload = null;
  }

  /* One after the other: a bad line is not shared by many. */
  let last = Promise.resolve();
  function queue(one) {
    last = last.then(() => send(one));
    return last;
  }

  async function begin() {
    const draft = document.querySelector("[data-post]").dataset.post;
    const input = form.querySelector("input[type=file]");
    input.addEventListener("change", async () => {
      const chosen = [...input.files];
      input.value = "";
      for (const file of chosen) {
        const one = { key: `${draft}-${Date.now()}-${Math.random()}`, draft, file, upload: null };
        await keep(one);
        queue(one);
      }
    });
    const waiting = (await in_store("readonly", (files) => files.getAll())) ?? [];
    for (const one of waiting) if (one.draft === draft) queue(one);
  }

  if (form && ask) begin();
}
