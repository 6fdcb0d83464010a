// Reads a question and its options aloud: a recording where a text names one, else a voice that
// this device has itself. Voices on a network would tell somebody else what is read.
(() => {
  const root = document.documentElement;
  let current = null;

  const voice = () =>
    self.speechSynthesis
      ?.getVoices()
      .find((one) => one.localService && one.lang.toLowerCase().startsWith(root.lang));

  // The style sheet shows the buttons only where something can be heard.
  const refresh = () => root.toggleAttribute("data-voice", voice() !== undefined);

  const play = async (recording, stopped) => {
    const reply = await fetch(`/recordings/${recording}`, { credentials: "omit" });
    if (!reply.ok) throw new Error("there is no such recording");
    const url = URL.createObjectURL(await reply.blob());
    try {
      await new Promise((resolve, reject) => {
        const sound = new Audio(url);
        sound.onended = resolve;
        sound.onerror = reject;
        stopped.addEventListener("abort", () => { sound.pause(); resolve(); });
        sound.play().catch(reject);
      });
    } finally {
      URL.revokeObjectURL(url);
    }
  };

  const speak = (text, stopped) =>
    new Promise((resolve) => {
      const own = voice();
      if (own === undefined) return resolve();
      const words = new SpeechSynthesisUtterance(text);
      words.voice = own;
      words.lang = own.lang;
      words.rate = 0.9;
      words.onend = resolve;
      words.onerror = resolve;
      stopped.addEventListener("abort", () => { speechSynthesis.cancel(); resolve(); });
      speechSynthesis.speak(words);
    });

  const read = async (part, stopped) => {
    part.classList.add("being-read");
    try {
      const { recording } = part.dataset;
      if (recording) {
        await play(recording, stopped).catch(() => speak(part.textContent, stopped));
      } else {
        await speak(part.textContent, stopped);
      }
    } finally {
      part.classList.remove("being-read");
    }
  };

  const stop = () => {
    current?.stopping.abort();
    current = null;
  };

  const start = async (button) => {
    const stopping = new AbortController();
    const mine = { button, stopping };
    current = mine;
    button.setAttribute("aria-pressed", "true");
    for (const part of button.closest(".readable").querySelectorAll("[data-read]")) {
      if (stopping.signal.aborted || !part.isConnected) break;
      await read(part, stopping.signal);
    }
    button.setAttribute("aria-pressed", "false");
    if (current === mine) current = null;
  };

  document.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (button === null) return;
    const again = current?.button === button;
    stop();
    if (button.matches(".hear") && !again) start(button);
  });

  self.speechSynthesis?.addEventListener("voiceschanged", refresh);
  new MutationObserver(refresh).observe(root, { attributes: true, attributeFilter: ["lang"] });
  refresh();
})();
