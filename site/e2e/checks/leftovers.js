// What django-components must not leave in a page, and more instances of components than a page can afford.
() => {
  const MOST = 60;
  const html = document.documentElement.outerHTML;
  const found = ["_PLACEHOLDER", "django_components.min.js"].filter((word) => html.includes(word)).map((word) => `${word} is in the page`);
  const instances = new Set(html.match(/data-djc-id-\w+/g)).size;
  if (instances > MOST) found.push(`${instances} components are on the page, not ${MOST}`);
  return found;
}
