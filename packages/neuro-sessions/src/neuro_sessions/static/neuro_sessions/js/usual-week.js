// "Add a time" brings its row without a new page. Without this, the same button brings the page again with the row.
const form = document.querySelector('[data-nm="usual-week"]');

async function add(button) {
  const sent = new FormData(form, button);

  try {
    const answer = await fetch(form.action, { method: "POST", body: sent });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector('[data-nm="usual-week"]');
    const again = fresh.querySelector(`[data-nm="add-time"][value="${button.value}"]`);
    const selects = [...again.closest("fieldset").querySelectorAll("select")];

    form.replaceChildren(...fresh.childNodes);
    // The new row is the last one: from, and to.
    selects.at(-2).focus();
  } catch {
    form.requestSubmit(button);
  }
}

form?.addEventListener("click", (event) => {
  const button = event.target.closest('[data-nm="add-time"]');

  if (button) {
    event.preventDefault();
    add(button);
  }
});
