// What a finger cannot use well: targets under 48 by 48 CSS pixels, and what must be swiped
// sideways. An input counts by its label.
const SIZE = 48;
const wanting = [];
const name = (element) => `${element.localName}.${[...element.classList].join(".")} ${element.innerText?.trim() ?? ""}`;

const folded = [...document.querySelectorAll("details:not([open])")];
for (const one of folded) one.open = true;
for (const element of document.querySelectorAll("a[href], button, input, select, summary, textarea, [tabindex='0']")) {
  const target = element.closest("label") ?? element;
  const { width, height, right } = target.getBoundingClientRect();
  // Folded away, or the link over the edge that only keys reach.
  if (!target.checkVisibility() || right <= 0) continue;
  // Layout rounds to 64ths of a pixel.
  if (Math.min(width, height) < SIZE - 0.1) wanting.push(`${name(target)}: ${width} by ${height}`);
}
for (const element of document.querySelectorAll("body *")) {
  const { overflowX } = getComputedStyle(element);
  const scrolls = ["auto", "scroll"].includes(overflowX) && element.scrollWidth > element.clientWidth;
  if (scrolls || element.matches("input[type=range]")) wanting.push(`${name(element)}: wants a swipe`);
}
for (const one of folded) one.open = false;
return wanting;
