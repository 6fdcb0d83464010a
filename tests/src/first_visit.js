// Put into the page before anything of its own runs: a pupil in a hurry. Chooses LANGUAGE,
// begins with the code of the address, and notes when the first
// option is there and when it is drawn.
const hurry = new MutationObserver(() => {
  if (document.querySelector("main .choice input:enabled")) {
    hurry.disconnect();
    const there = performance.now();
    requestAnimationFrame(() => setTimeout(() => {
      self.senimFirstItem = { there, drawn: performance.now() };
    }));
    return;
  }
  const begin = document.querySelector("main form button:not([data-pressed])");
  const other = document.querySelector(`.language[lang=${LANGUAGE}][aria-pressed=false]`);
  if (other) {
    if (!other.dataset.pressed) {
      other.dataset.pressed = "yes";
      other.click();
    }
  } else if (begin) {
    begin.dataset.pressed = "yes";
    begin.click();
  }
});
hurry.observe(document, { childList: true, subtree: true, attributes: true });
