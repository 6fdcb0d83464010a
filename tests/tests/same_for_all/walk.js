// Run in the pupil's page: one pupil, as fast as the page can. The same seed goes the same way.
const [step, wishes] = arguments;
const PATIENCE = 20_000;

// mulberry32: small and good enough to choose with.
let state = wishes.seed;
const random = () => {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
};
const happens = (share) => random() < share;
const one = (list) => list[Math.floor(random() * list.length)];
const some = (list) => list.map((entry) => [random(), entry]).sort(([a], [b]) => a - b)
  .slice(0, 1 + Math.floor(random() * list.length)).map(([, entry]) => entry);

const find = (selector) => document.querySelector(selector);
const all = (selector) => [...document.querySelectorAll(selector)];

async function until(what, ask) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const found = ask();
    if (found) return found;
    if (Date.now() > end) throw new Error(`${what} in ${document.body.innerText}`);
    await new Promise((done) => setTimeout(done));
  }
}

const SCREEN = "main #screen-title";
const progress = () => find(".survey-top progress");

// Every change of screen, also of its language, puts another title into the page.
async function leave(button) {
  const title = find(SCREEN);
  button.click();
  await until(`another screen after ${button.textContent}`, () => !title.isConnected && find(SCREEN));
}

async function enter() {
  await until("the field for the code", () => find("#code"));
  const other = find(`.language[lang=${wishes.language}][aria-pressed=false]`);
  if (other) await leave(other);
  find("#code").value = wishes.code;
  find("#code").dispatchEvent(new Event("input", { bubbles: true }));
  await leave(find("main form button"));
  await until("the first screen", progress);
}

function answer() {
  const items = Map.groupBy(all("main .choice input"), (input) => input.name);
  for (const inputs of items.values()) {
    const many = inputs[0].type === "checkbox";
    for (const input of many ? some(inputs) : [one(inputs)]) if (!input.checked) input.click();
  }
}

// What leads away from the straight way. True when the screen has changed.
async function detour(declined) {
  if (happens(0.5)) all("details.look .language").forEach((button) => happens(0.5) && button.click());
  const back = find(".steps .second");
  const ways = ["language", "answer", back && "back", declined ? "take part" : "stop"];
  const way = one(ways.filter((way) => way));
  if (way === "language") await leave(one(all(".choose-language [lang][aria-pressed=false]")));
  else if (way === "answer") answer();
  else if (way === "back") await leave(back);
  else await leave(find("details.stop button"));
  return way !== "answer";
}

const stopsNow = (now, total) =>
  wishes.stops_at !== null && now >= Math.min(Math.ceil(wishes.stops_at * total), total - 1);

async function walk() {
  const seen = [];
  let declined = false;
  let { detours } = wishes;
  for (;;) {
    const { value: now, max: total } = progress();
    seen.push(now);
    if (now === total) break;
    if (detours > 0 && happens(0.2)) {
      detours -= 1;
      if (await detour(declined)) {
        declined = find("details.stop button")?.classList.contains("second") ?? declined;
        continue;
      }
    }
    if (!declined && stopsNow(now, total)) {
      await leave(find("details.stop button"));
      declined = true;
    }
    const skip = find(".skip-item");
    if (skip && happens(wishes.skips)) await leave(skip);
    else {
      if (!declined || happens(0.5)) answer();
      await leave(find(".steps .next"));
    }
  }
  const total = progress().max;
  await leave(find(".steps .next"));
  await until("the thanks", () => find(".next-pupil"));
  return { seen, total, declined };
}

return step === "enter" ? enter() : walk();
