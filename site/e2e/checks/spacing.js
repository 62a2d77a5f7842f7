// What somebody may set for every site: the values of WCAG 1.4.12. A sheet made by a script is no inline style, so no policy
// stops it.
(on) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-block-end: 2em !important }
  `);
  document.adoptedStyleSheets = on ? [sheet] : [];
}
