// The frame of a page: skip link first and visible when it has the focus, one h1, one main, headings in order, a title.
() => {
  const found = [];
  const count = (selector) => document.querySelectorAll(selector).length;
  const first = document.body.querySelector("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]");
  if (first?.getAttribute("href") !== "#main") {
    found.push("the first thing to reach is no skip link");
  } else {
    first.focus();
    const box = first.getBoundingClientRect();
    if (box.top < 0 || box.left < 0 || box.width < 44 || box.height < 44) found.push("the skip link stays hidden with the focus");
    first.blur();
  }
  if (count("h1") !== 1) found.push(`there are ${count("h1")} h1`);
  if (count("main") !== 1 || count("main#main") !== 1) found.push(`there are ${count("main")} main, with the id: ${count("main#main")}`);
  let level = 0;
  for (const heading of document.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    const next = Number(heading.localName[1]);
    if (next > level + 1) found.push(`${heading.localName} “${heading.innerText.trim()}” follows h${level}`);
    level = next;
  }
  if (!document.title.trim()) found.push("there is no title");
  if (!document.documentElement.lang || !document.documentElement.dir) found.push("language or direction is missing");
  return found;
}
