// What somebody sees from afar: the elements of the page without words, pictures and what is
// folded; of any number of options the first.
const unseen = ".picture *, .hear *, .option ~ .option, details > :not(summary), [role=alertdialog]";
const elements = [...document.querySelectorAll("main, main *")].filter((element) => element.closest(unseen) === null);
return elements.map((element) => [element.localName, ...element.classList].join(".")).join(" ");
