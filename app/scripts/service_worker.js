// Holds what a class needs to answer without a network. The server writes FILES and QUEUE above.
importScripts(QUEUE);

const CACHE = "senim";
const PATIENCE = 5_000;

const keep = async (urls) => {
  const cache = await caches.open(CACHE);
  const missing = [];
  for (const url of urls) {
    if (!isForever(url) || !(await cache.match(url))) missing.push(url);
  }
  await cache.addAll(missing);
};

// Names that change with the content.
const isForever = (url) => /^\/(assets|recordings)\//.test(new URL(url, location.origin).pathname);

// A kept page names the files of its version, so it changes with them. One that is no more goes.
const renewPages = async () => {
  const cache = await caches.open(CACHE);
  for (const { url } of await cache.keys()) {
    if (isForever(url)) continue;
    const reply = await fetch(url);
    if (reply.status >= 500) throw new Error("the server is busy");
    if (reply.ok) await cache.put(url, reply);
    else await cache.delete(url);
  }
};

// Drops the files of earlier versions. Open pages have read theirs at their start.
const tidy = async () => {
  const cache = await caches.open(CACHE);
  for (const { url } of await cache.keys()) {
    const path = new URL(url).pathname;
    if (path.startsWith("/assets/") && !FILES.includes(path)) await cache.delete(url);
  }
};

const fromCache = async (request) => {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request);
  if (kept) return kept;
  const reply = await fetch(request);
  // A new page's file, before this worker is replaced by the one that knows it. On a full disk the
  // page gets it all the same.
  if (reply.ok) await cache.put(request, reply.clone()).catch(() => undefined);
  return reply;
};

// The newest when the network gives it in time, else what was kept. Never under a slip's code, which
// stands behind the # when the page is opened by a QR.
const fromNetwork = async (request) => {
  const cache = await caches.open(CACHE);
  const [url] = request.url.split("#");
  const kept = await cache.match(url, { ignoreVary: true });
  try {
    const signal = kept ? AbortSignal.timeout(PATIENCE) : undefined;
    const reply = await fetch(request, { signal });
    if (reply.ok && kept) await cache.put(url, reply.clone());
    return reply.status >= 500 && kept ? kept : reply;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
};

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(keep(FILES).then(renewPages));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(tidy().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (isForever(request.url)) event.respondWith(fromCache(request));
  else if (pathname.startsWith("/c/")) event.respondWith(fromNetwork(request));
});

// A class page asks for what it will need; answers whether all of it is here.
self.addEventListener("message", (event) => {
  const [port] = event.ports;
  const said = keep(event.data.keep).then(
    () => port.postMessage(true),
    () => port.postMessage(false),
  );
  event.waitUntil(said);
});

// The network is back after the last page was closed.
self.addEventListener("sync", (event) => {
  const rest = self.senimQueue.flush().then((heard) => {
    if (!heard) throw new Error("responses are still queued");
  });
  event.waitUntil(rest);
});
