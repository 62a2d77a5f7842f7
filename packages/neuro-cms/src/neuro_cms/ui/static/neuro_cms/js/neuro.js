// A page that comes back with errors starts at their summary. Without this, its links work all the same.
const summary = document.querySelector('[data-nm="error-summary"]');

if (summary) {
  summary.focus();
}
