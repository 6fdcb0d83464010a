// What has the focus, whether it is what the selector wants, and whether one can see that it is it.
const [wanted] = arguments;
const at = document.activeElement;
const marked = at.closest(".choice") ?? at;
const box = marked.getBoundingClientRect();
const { outlineStyle, outlineWidth } = getComputedStyle(marked);
const inside = box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight && box.right <= innerWidth;
const over = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
return {
  wanted: at.matches(wanted),
  // The document's own end, between the last element and the first.
  seen: at === document.body
    || (inside && marked.contains(over) && outlineStyle !== "none" && parseFloat(outlineWidth) >= 2),
  what: at.outerHTML.slice(0, 200),
};
