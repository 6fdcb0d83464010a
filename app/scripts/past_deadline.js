// Before anything is shown: what an earlier pupil began and did not come back to is deleted.
for (const key of Object.keys(sessionStorage)) {
  const deadline = key.startsWith("senim.kept.") ? parseFloat(sessionStorage.getItem(key)) : NaN;
  if (deadline < Date.now()) sessionStorage.removeItem(key);
}
