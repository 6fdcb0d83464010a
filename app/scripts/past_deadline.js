// Before anything is shown: what an earlier pupil began and did not come back to is deleted, and the
// fingerprints of classes that are long over.
for (const [place, beginning] of [["sessionStorage", "senim.kept."], ["localStorage", "senim.keys."]]) {
  const storage = self[place];
  for (const key of Object.keys(storage ?? {})) {
    if (!key.startsWith(beginning)) continue;
    // A whole number and a dot. parseFloat would read an exponent out of what follows.
    const deadline = parseInt(storage.getItem(key), 10);
    if (!(deadline >= Date.now())) storage.removeItem(key);
  }
}
