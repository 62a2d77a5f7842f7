// Sets attributes of <html>, or takes them away where null is given, waits for their fonts, and returns what was there before.
async (given) => {
  const root = document.documentElement;
  const before = {};
  for (const [name, value] of Object.entries(given)) {
    before[name] = root.getAttribute(name);
    if (value === null) root.removeAttribute(name);
    else root.setAttribute(name, value);
  }
  document.body.getBoundingClientRect();
  await document.fonts.ready;
  return before;
}
