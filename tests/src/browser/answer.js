// Run in the page: answers screen after screen until the one with this number is there.
const [number, choice] = arguments;
const at = () => document.querySelector(".survey-top progress")?.value;
const end = Date.now() + 20_000;
for (let here = at(); here !== number; here = at()) {
  const items = new Map();
  for (const input of document.querySelectorAll("main .choice input")) {
    items.set(input.name, [...(items.get(input.name) ?? []), input]);
  }
  for (const inputs of items.values()) {
    if (!inputs.some((input) => input.checked)) inputs[choice % inputs.length].click();
  }
  document.querySelector("main .next").click();
  while (at() === here) {
    if (Date.now() > end) throw new Error(`still at screen ${here}: ${document.body.innerText}`);
    await new Promise((done) => setTimeout(done));
  }
}
