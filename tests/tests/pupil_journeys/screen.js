// Waits for a screen that was not looked at before and has the focus on its title; says what is
// on it.
const PATIENCE = 15_000;
const start = performance.now();

const item = (fieldset) => {
  const inputs = [...fieldset.querySelectorAll("input")];
  const codes = (some) => some.map((input) => Number(input.value));
  return { name: inputs[0]?.name ?? "", codes: codes(inputs), chosen: codes(inputs.filter((input) => input.checked)) };
};

const described = (title) => {
  const box = title.getBoundingClientRect();
  return {
    title: title.innerText.trim(),
    seen: box.top >= 0 && box.bottom <= innerHeight,
    progress: document.querySelector(".progress-words")?.innerText.match(/\d+/g).map(Number) ?? null,
    items: [...document.querySelectorAll("fieldset.item")].map(item),
  };
};

return new Promise((resolve, reject) => {
  const look = () => {
    const title = document.querySelector("#screen-title:not(.waiting, [data-seen])");
    if (title !== null && document.activeElement === title) {
      title.dataset.seen = "";
      resolve(described(title));
    } else if (performance.now() - start > PATIENCE) {
      const { activeElement, body } = document;
      reject(new Error(`no new screen; the focus is on ${activeElement.outerHTML.slice(0, 200)}: ${body.innerText}`));
    } else {
      setTimeout(look, 10);
    }
  };
  look();
});
