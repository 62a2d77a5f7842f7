// What is wider than the window, what scrolls sideways by itself, and text that its own box cuts off.
() => {
  const width = document.documentElement.clientWidth;
  const name = (element) => `${element.localName}.${element.className || element.id}`;
  const shown = (element) => element.checkVisibility() && element.offsetWidth > 1;
  const cut = (element) => getComputedStyle(element).overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1;
  const found = [];
  if (document.documentElement.scrollWidth > width) {
    found.push(`the page is ${document.documentElement.scrollWidth} px wide in a window of ${width} px`);
  }
  for (const element of document.body.querySelectorAll("*")) {
    if (!shown(element)) continue;
    // Of a link with room around it for fingers, the words alone must be inside.
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    const left = box.left + parseFloat(style.paddingLeft);
    const right = box.right - parseFloat(style.paddingRight);
    // What is outside as a whole is hidden there on purpose; the side where nobody can scroll to makes the page no wider.
    if ((left < -1 && right > 0) || (right > width + 1 && left < width)) {
      found.push(`${name(element)} reaches from ${Math.round(left)} to ${Math.round(right)}`);
    }
    if (!element.matches("input, select, textarea, iframe, svg, svg *") && cut(element)) {
      found.push(`${name(element)} cuts off what it holds: ${element.scrollWidth} px in ${element.clientWidth} px`);
    }
  }
  return found;
}
