// Before anything is shown: what an earlier pupil began and did not come back to is deleted.
for (const key of Object.keys(sessionStorage)) {
  if (!key.startsWith("senim.kept.")) continue;
  // A whole number and a dot. parseFloat would read an exponent out of what follows.
  const deadline = parseInt(sessionStorage.getItem(key), 10);
  if (!(deadline >= Date.now())) sessionStorage.removeItem(key);
}
