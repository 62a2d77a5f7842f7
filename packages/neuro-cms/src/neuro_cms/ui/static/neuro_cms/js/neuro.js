// "Exit this page": the page is out of sight at once, and Back leads past it. Without this, it is a plain link.
// First, so that nothing below can take the way out away.
const exit = document.querySelector('[data-nm="exit"]');

function leave() {
  document.documentElement.hidden = true;
  document.title = "";
  hideWhereFrom();
  noteLeaving(true);
  location.replace(exit.href);
}

// As rel="noreferrer" does for the link: the other page is not told where somebody came from.
function hideWhereFrom() {
  const referrer = document.createElement("meta");
  referrer.name = "referrer";
  referrer.content = "no-referrer";
  document.head.append(referrer);
}

// Whether this tab has left. A browser may refuse to keep anything; then Back leads to the page before.
function noteLeaving(leaving) {
  try {
    const hadLeft = sessionStorage.getItem("neuro-left") !== null;
    sessionStorage[leaving ? "setItem" : "removeItem"]("neuro-left", "yes");
    return hadLeft;
  } catch {
    return false;
  }
}

function leaveAgain() {
  if (noteLeaving(false)) {
    leave();
  }
}

if (exit) {
  exit.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  // Who presses Back after leaving is led away again. Who follows a link or types the address has come back.
  window.addEventListener("pageshow", (event) => event.persisted && leaveAgain());
  if (performance.getEntriesByType("navigation")[0]?.type === "back_forward") {
    leaveAgain();
  } else {
    noteLeaving(false);
  }
}

// A page that comes back with errors starts at their summary. Without this, its links work all the same.
const summary = document.querySelector('[data-nm="error-summary"]');

if (summary) {
  summary.focus();
}

// A field for a password gets a button that shows what was typed. Without this, the button stays hidden.
function offerToShowPassword(button) {
  const input = document.getElementById(button.getAttribute("aria-controls"));

  if (!input) {
    return;
  }

  function show(visible) {
    input.type = visible ? "text" : "password";
    button.children[0].hidden = visible;
    button.children[1].hidden = !visible;
  }

  button.hidden = false;
  button.addEventListener("click", () => show(input.type === "password"));
  // Sent as a password, so that the browser treats it as one.
  input.form?.addEventListener("submit", () => show(false));
}

document.querySelectorAll('[data-nm="show-password"]').forEach(offerToShowPassword);

// A long text says how much room is left. Nothing is cut off while somebody types. Without this, the browser keeps the limit.
function countCharacters(text) {
  const limit = text.maxLength;
  const note = text.nextElementSibling;
  const spoken = document.createElement("span");
  let pause;

  // As the server counts: a line break is sent as two characters.
  function words() {
    const left = limit - [...text.value.replaceAll("\n", "\r\n")].length;
    return left < 0 ? `${note.dataset.nmOver} ${-left}` : `${note.dataset.nmLeft} ${left}`;
  }

  function tell() {
    note.textContent = words();
    // Screen readers hear it when the typing pauses, not after each key.
    clearTimeout(pause);
    pause = setTimeout(() => (spoken.textContent = words()), 1000);
  }

  spoken.className = "nm-visually-hidden";
  spoken.setAttribute("role", "status");
  note.after(spoken);
  text.removeAttribute("maxlength");
  text.addEventListener("input", tell);
}

document.querySelectorAll('[data-nm="count"]').forEach(countCharacters);

// Whether it worked: a browser, or the person, may refuse it.
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

// A button that copies what stands in the field before it. Without this, the button stays hidden.
function offerToCopy(button) {
  const source = document.getElementById(button.getAttribute("aria-controls"));
  const said = button.parentElement.querySelector('[role="status"]');

  button.hidden = false;
  button.addEventListener("click", async () => {
    source.select();
    said.textContent = await copy(source.value) ? button.dataset.nmDone : button.dataset.nmRefused;
  });
}

if (navigator.clipboard) {
  document.querySelectorAll('[data-nm="copy"]').forEach(offerToCopy);
}
