// Stands in for the speech of a browser that has VOICES. `senimVoices` tells what was said, and
// ends what is being said.
{
  let voices = VOICES;
  let current = null;
  const said = [];
  let stopped = 0;

  const end = (how) => {
    const words = current;
    current = null;
    words?.[how]?.(new Event("end"));
  };

  const speech = Object.assign(new EventTarget(), {
    getVoices: () => voices,
    speak(words) {
      if (current !== null) throw new Error("two are speaking at once");
      current = words;
      said.push({ text: words.text, voice: words.voice.name, language: words.lang });
    },
    cancel() {
      if (current !== null) stopped += 1;
      end("onerror");
    },
  });
  Object.defineProperty(self, "speechSynthesis", { value: speech, configurable: true });
  self.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };

  self.senimVoices = {
    heard: () => ({
      said,
      speaking: current !== null,
      stopped,
      marked: [...document.querySelectorAll(".being-read")].map((part) => part.textContent),
      pressed: document.querySelectorAll(".hear[aria-pressed=true]").length,
    }),
    finish: () => end("onend"),
    change(others) {
      voices = others;
      speech.dispatchEvent(new Event("voiceschanged"));
    },
  };
}
