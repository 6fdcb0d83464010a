// Run in the page: everything that is kept there, one thing a line.
const lines = [];
const note = (...parts) => lines.push(parts.join(" "));
const utf8 = (bytes) => new TextDecoder().decode(bytes);

async function said(value) {
  if (value instanceof ArrayBuffer) return utf8(value);
  if (ArrayBuffer.isView(value)) return utf8(value.buffer);
  if (value instanceof Blob) return value.text();
  if (value instanceof CryptoKey) {
    const inside = value.extractable && (await crypto.subtle.exportKey("jwk", value));
    return `key ${value.type} ${value.algorithm.name} ${JSON.stringify(inside)}`;
  }
  if (value === null || typeof value !== "object") return String(value);
  if (value instanceof Date) return value.toISOString();
  const entries = value instanceof Map ? [...value] : value instanceof Set ? [...value.entries()] : Object.entries(value);
  const parts = await Promise.all(entries.map(async ([name, inside]) => `${await said(name)}: ${await said(inside)}`));
  return `{ ${parts.join(", ")} }`;
}

function result(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function database(name) {
  const open = await result(indexedDB.open(name));
  for (const store of open.objectStoreNames) {
    note("indexedDB", name, store);
    const place = open.transaction(store).objectStore(store);
    const [keys, values] = await Promise.all([result(place.getAllKeys()), result(place.getAll())]);
    for (const at of keys.keys()) note("indexedDB", name, store, await said(keys[at]), await said(values[at]));
  }
  open.close();
}

async function cache(name) {
  note("cache", name);
  const open = await caches.open(name);
  for (const request of await open.keys()) {
    const response = await open.match(request);
    const product = /javascript|wasm|css/.test(response.headers.get("content-type") ?? "");
    note("cache", name, request.url, response.status, product ? "" : await response.text());
  }
}

async function directory(place, path) {
  for await (const [name, inside] of place.entries()) {
    if (inside.kind === "directory") await directory(inside, `${path}/${name}`);
    else note("file", `${path}/${name}`, await (await inside.getFile()).text());
  }
}

for (const [name, storage] of Object.entries({ sessionStorage, localStorage })) {
  for (const key of Object.keys(storage).sort()) note(name, key, storage.getItem(key));
}
for (const { name } of await indexedDB.databases()) await database(name);
for (const name of await caches.keys()) await cache(name);
await directory(await navigator.storage.getDirectory(), "");
for (const worker of await navigator.serviceWorker.getRegistrations()) note("service worker", worker.scope);
note("history", history.length, await said(history.state));
note("window", window.name);
note("location", location.href);
note("title", document.title);
note("text", document.body.innerText);
for (const field of document.querySelectorAll("input, textarea, select")) {
  note("field", field.name || field.id, field.value, field.checked ? "checked" : "");
}
return lines.join("\n");
