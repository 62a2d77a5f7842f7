// The calendar of free times: arrow keys walk through its days, and days and months come without a new page.
// Without this, each day and each month is a plain link.
const PART = '[data-nm="calendar"]';
const DAY = "[data-nm-day]";
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

const picker = document.querySelector('[data-nm="request-calendar"]');
const said = document.createElement("p");
let loading = false;

const part = () => picker.querySelector(PART);
const days = () => [...part().querySelectorAll(DAY)];

// One day alone is a stop of the Tab key: the one that had the focus last.
function stopAt(day) {
  days().forEach((other) => (other.tabIndex = other === day ? 0 : -1));
}

function makeGrid() {
  const table = part().querySelector("table");

  table.setAttribute("role", "grid");
  table.setAttribute("aria-labelledby", "month");
  // Days without times can be reached too, so that the grid has no holes.
  part().querySelectorAll(`span${DAY}`).forEach((day) => {
    day.setAttribute("role", "link");
    day.setAttribute("aria-disabled", "true");
  });
  stopAt(part().querySelector(`${DAY}[aria-current]`) ?? part().querySelector(`a${DAY}`) ?? days()[0]);
}

// The same page with another choice. Where that fails, the browser follows the link.
async function show(address) {
  if (loading) {
    return false;
  }

  loading = true;
  try {
    const answer = await fetch(address);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(PART);
    part().replaceWith(fresh);
  } catch {
    location.assign(address);
    return false;
  } finally {
    loading = false;
  }

  makeGrid();
  history.replaceState(null, "", address);
  return true;
}

async function turn(direction) {
  const link = part().querySelector(`[data-nm-turn="${direction}"]`);
  const turned = link !== null && await show(link.href);

  if (turned) {
    said.textContent = part().querySelector("table").dataset.nmSaid;
  }
  return turned;
}

async function choose(day) {
  if (await show(day.href)) {
    document.getElementById("day").focus();
  }
}

// A step over the edge of the month leads into the next one.
async function walk(from, step) {
  const before = days();
  const to = before.indexOf(from) + step;

  if (before[to]) {
    before[to].focus();
  } else if (await turn(Math.sign(step))) {
    days().at(to < 0 ? to : to - before.length).focus();
  }
}

async function turnPage(from, direction) {
  const number = days().indexOf(from);

  if (await turn(direction)) {
    (days()[number] ?? days().at(-1)).focus();
  }
}

function press(event) {
  const day = event.target.closest(DAY);

  if (!day || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) {
    return;
  }

  const week = [...day.closest("tr").querySelectorAll(DAY)];
  const mirrored = event.key in { ArrowLeft: 1, ArrowRight: 1 } && getComputedStyle(day).direction === "rtl";
  const acts = {
    Home: () => week[0].focus(),
    End: () => week.at(-1).focus(),
    PageUp: () => turnPage(day, -1),
    PageDown: () => turnPage(day, 1),
    Enter: () => day.href && choose(day),
    " ": () => day.href && choose(day),
  };
  const act = event.key in STEPS ? () => walk(day, mirrored ? -STEPS[event.key] : STEPS[event.key]) : acts[event.key];

  if (act) {
    event.preventDefault();
    act();
  }
}

async function follow(event) {
  const link = event.target.closest(`a${DAY}, [data-nm-turn]`);

  // Who wants a new tab gets one.
  if (!link || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) {
    return;
  }

  event.preventDefault();
  if (link.matches(DAY)) {
    choose(link);
  } else if (await turn(link.dataset.nmTurn)) {
    (part().querySelector(`[data-nm-turn="${link.dataset.nmTurn}"]`) ?? part().querySelector("table")).focus();
  }
}

if (picker && part()) {
  said.className = "nm-visually-hidden";
  said.setAttribute("role", "status");
  picker.append(said);
  makeGrid();
  picker.addEventListener("keydown", press);
  picker.addEventListener("click", follow);
  picker.addEventListener("focusin", (event) => event.target.matches(DAY) && stopAt(event.target));
}
