// What a pupil's tablet sends. Sealed responses that the server has not acknowledged are queued, for
// the page and for the service worker.
// Every version of the app reads what an earlier one has queued: the names of the database and
// its store, and that a value is the body to send, never change.
self.senimQueue = (() => {
  const DATABASE = "senim";
  const STORE = "queue";
  const LONGEST_GAP = 4_000;
  const PATIENCE = 20_000;
  const LONGEST_REST = 60;
  const ASKED_AT_MOST = 4;

  const open = () =>
    new Promise((resolve, reject) => {
      const request = indexedDB.open(DATABASE, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(STORE);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });

  // Resolves when the transaction is on disk.
  const run = async (mode, work) => {
    const database = await open();
    try {
      return await new Promise((resolve, reject) => {
        const transaction = database.transaction(STORE, mode, { durability: "strict" });
        const request = work(transaction.objectStore(STORE));
        transaction.oncomplete = () => resolve(request.result);
        transaction.onabort = () => reject(transaction.error);
      });
    } finally {
      database.close();
    }
  };

  // A random key and no time: the order in which pupils finished is not kept.
  const add = async (body) => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const key = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    await run("readwrite", (store) => store.add(body, key));
    return key;
  };

  const length = () => run("readonly", (store) => store.count());

  // When a busy server may be asked again, on a clock that starts with the page.
  let restsUntil = 0;

  const rest = async () => {
    const left = restsUntil - performance.now();
    if (left > 0) await new Promise((resolve) => setTimeout(resolve, left));
  };

  // As long as it asks for and up to twice that, so that tablets which it sent away in one moment do
  // not come back in one.
  const noteRest = (reply) => {
    const seconds = Number(reply.headers.get("retry-after"));
    if (reply.status !== 503 || !(seconds > 0)) return;
    const wait = Math.min(seconds, LONGEST_REST) * (1 + Math.random());
    restsUntil = performance.now() + wait * 1000;
  };

  const post = async (path, body) => {
    try {
      await rest();
      const reply = await fetch(path, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
        credentials: "omit",
        cache: "no-store",
        referrerPolicy: "no-referrer",
        signal: AbortSignal.timeout(PATIENCE),
      });
      noteRest(reply);
      return JSON.parse(await reply.text());
    } catch {
      return null;
    }
  };

  // What the server says, as JSON; empty when it was not heard.
  const text = (said) => (said === null ? "" : JSON.stringify(said));

  const send = async (body) => text(await post("/c/response", body));

  // For a token; of a busy server as often again as a pupil may wait for.
  const ask = async (body) => {
    let said = null;
    for (let time = 0; time < ASKED_AT_MOST; time++) {
      said = await post("/c/token", body);
      if (said?.refused !== "busy") break;
    }
    return text(said);
  };

  // The same for what is queued, which stays queued until it was heard.
  const deliver = async (key) => {
    const body = await run("readonly", (store) => store.get(key));
    // Gone: it was delivered from another page or by the service worker.
    if (body === undefined) return '"stored"';
    const said = await post("/c/response", body);
    if (said === null || said.refused === "busy") return "";
    if (said === "stored" || said.refused === "intake_ended") {
      await run("readwrite", (store) => store.delete(key));
    }
    return text(said);
  };

  const shuffled = (list) => {
    for (let last = list.length - 1; last > 0; last--) {
      const other = Math.floor(Math.random() * (last + 1));
      [list[last], list[other]] = [list[other], list[last]];
    }
    return list;
  };

  const gap = () => new Promise((resolve) => setTimeout(resolve, Math.random() * LONGEST_GAP));

  // In random order with random gaps. Whether the server was heard every time; what it refused
  // stays, and is tried again with the next page.
  const deliverAll = async () => {
    for (const key of shuffled(await run("readonly", (store) => store.getAllKeys()))) {
      await gap();
      if ((await deliver(key)) === "") return false;
    }
    return true;
  };

  // One at a time on a tablet; whoever comes second has heard nothing and comes again.
  const flush = () => {
    const alone = (work) => navigator.locks.request("senim-queue", { ifAvailable: true }, work);
    return navigator.locks ? alone((lock) => lock !== null && deliverAll()) : deliverAll();
  };

  return { ask, send, add, deliver, flush, length };
})();
