// Targets that are too small to press. Measured by asking the page what is under each point, so that labels, padding and
// overlays count as a finger would find them.
() => {
  const LEAST = 44;
  const LEAST_IN_A_SENTENCE = 24;
  const PRESSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  const found = [];

  const inASentence = (element) =>
    element.localName === "a" &&
    getComputedStyle(element).display === "inline" &&
    [...element.parentElement.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());

  const belongsTo = (element, under) =>
    under !== null && [element, ...(element.labels ?? [])].some((own) => own === under || own.contains(under));

  // How far one can go from the middle in a direction and still press the same thing.
  const reach = (element, x, y, stepX, stepY) => {
    let steps = 0;
    while (steps < LEAST && belongsTo(element, document.elementFromPoint(x + stepX * steps, y + stepY * steps))) steps += 1;
    return steps;
  };

  for (const element of document.querySelectorAll(PRESSABLE)) {
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: false })) continue;
    element.scrollIntoView({ block: "center", behavior: "instant" });
    const box = element.getClientRects()[0];
    if (!box || box.right <= 0 || box.bottom + scrollY <= 0 || box.width <= 1 || box.height <= 1) continue;
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    const name = `${element.localName} “${(element.innerText || element.name || element.href || "").trim().slice(0, 40)}”`;
    if (!belongsTo(element, document.elementFromPoint(x, y))) {
      found.push(`${name} is covered by something else`);
      continue;
    }
    const height = reach(element, x, y, 0, -1) + reach(element, x, y, 0, 1) - 1;
    const width = reach(element, x, y, -1, 0) + reach(element, x, y, 1, 0) - 1;
    const least = inASentence(element) ? LEAST_IN_A_SENTENCE : LEAST;
    if (height < least || width < least) found.push(`${name} is ${width} by ${height} px, not ${least}`);
  }
  scrollTo(0, 0);
  return found;
}
