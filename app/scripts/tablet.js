// What the pupil's page asks of the tablet beyond drawing and fetching.
self.senimTablet = (() => {
  const FILES_KEPT = 1;
  const STORAGE_LASTS = 2;
  const PATIENCE = 60_000;
  const SHORTEST_PAUSE = 10_000;
  const LONGEST_PAUSE = 20_000;

  const keepFiles = async (urls) => {
    await navigator.serviceWorker.register("/service-worker.js");
    const { active } = await navigator.serviceWorker.ready;
    const { port1, port2 } = new MessageChannel();
    const said = new Promise((resolve) => { port1.onmessage = ({ data }) => resolve(data); });
    active.postMessage({ keep: urls.split(" ") }, [port2]);
    return said;
  };

  const late = () => new Promise((resolve) => setTimeout(resolve, PATIENCE, false));

  // What fails, or waits for a file or for somebody to allow it, cannot be relied on.
  const holds = (work) => Promise.race([work(), late()]).catch(() => false);

  // Keeps what a lost network will ask for. Says in bits what can be relied on: over plain HTTP
  // there is no service worker, and a browser may refuse to promise that it will not tidy up.
  const prepare = async (urls) => {
    const kept = holds(() => keepFiles(urls));
    const lasts = holds(async () => navigator.storage.persist());
    return ((await kept) ? FILES_KEPT : 0) + ((await lasts) ? STORAGE_LASTS : 0);
  };

  let next;

  // Now, when the network comes back, and by the service worker when no page is open any more.
  const flush = async () => {
    clearTimeout(next);
    if (await self.senimQueue.flush().catch(() => true)) return;
    next = setTimeout(flush, SHORTEST_PAUSE + Math.random() * (LONGEST_PAUSE - SHORTEST_PAUSE));
    const registration = await navigator.serviceWorker?.getRegistration();
    await registration?.sync?.register("senim-queue").catch(() => undefined);
  };

  addEventListener("online", flush);

  // The browser's copy of a page that was left would still show it, if only until it is reloaded.
  addEventListener("pagehide", () => { document.body.hidden = true; });
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });

  return { prepare, flush };
})();
