// leptos reads these; it writes them itself only where it also streams the page.
globalThis.__RESOLVED_RESOURCES = [];
globalThis.__SERIALIZED_ERRORS = [];
globalThis.__INCOMPLETE_CHUNKS = [];
try {
  const [wasm] = await Promise.all([SCRIPT, ...TABLET].map((url) => import(url)));
  await wasm.default({ module_or_path: WASM });
  wasm.hydrate();
  for (const island of document.querySelectorAll("leptos-island")) {
    wasm[island.dataset.component](island);
  }
} catch (error) {
  senimTooOld();
}
