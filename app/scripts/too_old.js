// Runs in browsers too old for modules, so it is written for them.
function senimTooOld() {
  function show() {
    document.getElementById("too-old").hidden = false;
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", show);
  else show();
}
if (!("noModule" in document.createElement("script")) || typeof WebAssembly !== "object") senimTooOld();
