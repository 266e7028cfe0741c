/* Posting by hand: pictures go straight to the app where the phone can share files.  Without this file one saves them. */
"use strict";

for (const button of document.querySelectorAll("[data-share]")) {
  const wanted = button.dataset.share.split("|").map((one) => one.trim().split(" "));
  const probe = new File(["x"], "1.jpg", { type: "image/jpeg" });
  if (!navigator.canShare?.({ files: [probe] })) continue;
  button.hidden = false;
  let files = null;
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      files ??= await Promise.all(wanted.map(async ([address, name]) => {
        const answer = await fetch(address);
        if (!answer.ok) throw new Error(String(answer.status));
        const content = await answer.blob();
        return new File([content], name, { type: content.type });
      }));
      await navigator.share({ files });
    } catch (error) {
      if (error.name !== "AbortError" && error.name !== "NotAllowedError") location.reload();
    } finally {
      button.disabled = false;
    }
  });
}
