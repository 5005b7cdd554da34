// Days, moments and times of day: typed as people write them, or chosen in a small calendar.
const words = document.getElementById("words").dataset;
const language = document.documentElement.lang;
const DAY = "input[data-day], input[data-moment]";
const WEEK = 7;
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -WEEK, ArrowDown: WEEK };
const RELATIVE = {
  azi: 0, today: 0, maine: 1, tomorrow: 1, ieri: -1, yesterday: -1, poimaine: 2, alaltaieri: -2,
};

const two = (number) => String(number).padStart(2, "0");
const written = (day) => `${two(day.getDate())}.${two(day.getMonth() + 1)}.${day.getFullYear()}`;
const moved = (day, days) => new Date(day.getFullYear(), day.getMonth(), day.getDate() + days);
const plain = (text) => text.trim().toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");

function today() {
  const [year, month, day] = words.today.split("-").map(Number);
  return new Date(year, month - 1, day);
}

// The day that a text names, or null; 31.2. is none.
function read(text) {
  const first = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})\.?$/.exec(text);
  const last = /^(\d{4})[./-](\d{1,2})[./-](\d{1,2})$/.exec(text);
  if (!first && !last) return null;
  const [year, month, date] = first ? [first[3], first[2], first[1]] : last.slice(1);
  const day = new Date(fullYear(year), month - 1, date);
  return day.getMonth() === month - 1 && day.getDate() === Number(date) ? day : null;
}

// Two digits are the year nearest to now that is at most ten years ahead; it is shown in full.
function fullYear(text) {
  if (text.length === 4) return Number(text);
  const latest = today().getFullYear() + 10;
  const year = latest - (latest % 100) + Number(text);
  return year > latest ? year - 100 : year;
}

function relative(text) {
  const steps = /^[+-]\d{1,4}$/.test(text) ? Number(text) : RELATIVE[text];
  return steps === undefined ? null : moved(today(), steps);
}

// What was typed, written out; what makes no sense stays for the server to explain.
function expand(field) {
  const [, head, tail] = /^(.*?)(?:[ ,t]+(\d{1,2}[:.]\d{2}))?$/.exec(plain(field.value));
  const day = read(head) ?? relative(head);
  if (day) field.value = tail ? `${written(day)} ${clock(tail)}` : written(day);
}

function clock(text) {
  const found = /^(\d{1,2})(?:[:.]?(\d{2}))?$/.exec(text.trim());
  return found ? `${two(found[1])}:${found[2] ?? "00"}` : text;
}

class Calendar {
  constructor() {
    this.box = document.createElement("div");
    this.box.className = "calendar";
    this.box.popover = "manual";
    this.box.setAttribute("role", "dialog");
    this.box.setAttribute("aria-label", words.chooseDay);
    this.head = this.makeHead();
    this.grid = document.createElement("table");
    this.grid.setAttribute("role", "grid");
    this.box.append(this.head, this.grid);
    this.box.addEventListener("keydown", (event) => this.pressed(event));
    this.box.addEventListener("click", (event) => {
      const cell = event.target.closest("[data-at]");
      if (cell) this.choose(read(cell.dataset.at));
    });
    this.box.addEventListener("focusout", (event) => this.left(event.relatedTarget));
  }

  makeHead() {
    const head = document.createElement("div");
    head.className = "calendar-head";
    this.title = document.createElement("strong");
    this.title.setAttribute("aria-live", "polite");
    head.append(this.turner("‹", words.earlierMonth, -1), this.title);
    head.append(this.turner("›", words.laterMonth, 1));
    return head;
  }

  turner(sign, label, months) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn small";
    button.textContent = sign;
    button.setAttribute("aria-label", label);
    button.addEventListener("click", () => this.show(this.turned(months)));
    return button;
  }

  // The same day of another month, or that month's last one.
  turned(months) {
    const { day } = this;
    const last = new Date(day.getFullYear(), day.getMonth() + months + 1, 0).getDate();
    return new Date(day.getFullYear(), day.getMonth() + months, Math.min(day.getDate(), last));
  }

  open(field) {
    if (this.field === field && this.isOpen()) return;
    this.field = field;
    // In an open dialog only what belongs to it can be used.
    (field.closest("dialog") ?? document.body).append(this.box);
    this.box.showPopover();
    this.show(read(plain(field.value).split(/[ ,t]/)[0]) ?? today());
    this.place();
  }

  isOpen() {
    return this.box.matches(":popover-open");
  }

  show(day) {
    this.day = day;
    const month = { month: "long", year: "numeric" };
    this.title.textContent = new Intl.DateTimeFormat(language, month).format(day);
    const first = new Date(day.getFullYear(), day.getMonth(), 1);
    const monday = moved(first, -((first.getDay() + 6) % WEEK));
    const head = this.row("th", (column) => this.weekday(moved(monday, column)));
    const weeks = [0, 1, 2, 3, 4, 5].map((week) =>
      this.row("td", (column) => this.cell(moved(monday, week * WEEK + column))),
    );
    this.grid.replaceChildren(head, ...weeks);
  }

  row(kind, fill) {
    const row = document.createElement("tr");
    for (let column = 0; column < WEEK; column += 1) {
      const place = document.createElement(kind);
      fill(column)(place);
      row.append(place);
    }
    return row;
  }

  weekday(day) {
    return (place) => {
      place.scope = "col";
      place.abbr = new Intl.DateTimeFormat(language, { weekday: "long" }).format(day);
      place.textContent = new Intl.DateTimeFormat(language, { weekday: "narrow" }).format(day);
    };
  }

  cell(day) {
    return (place) => {
      const chosen = written(day) === written(this.day);
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.at = written(day);
      button.textContent = day.getDate();
      button.tabIndex = chosen ? 0 : -1;
      button.setAttribute("aria-label", new Intl.DateTimeFormat(language, LONG).format(day));
      if (day.getMonth() !== this.day.getMonth()) button.className = "beside";
      if (written(day) === written(today())) button.setAttribute("aria-current", "date");
      if (chosen) place.setAttribute("aria-selected", "true");
      place.setAttribute("role", "gridcell");
      place.append(button);
    };
  }

  enter() {
    this.grid.querySelector('[tabindex="0"]').focus();
  }

  pressed(event) {
    if (event.key === "Escape") {
      event.stopPropagation();
      event.preventDefault();
      return this.close(true);
    }
    if (!event.target.dataset.at) return;
    const next = this.next(event);
    if (!next) return;
    event.preventDefault();
    this.show(next);
    this.enter();
  }

  next({ key, shiftKey }) {
    if (key in STEPS) return moved(this.day, STEPS[key]);
    if (key === "PageUp") return this.turned(shiftKey ? -12 : -1);
    if (key === "PageDown") return this.turned(shiftKey ? 12 : 1);
    const place = (this.day.getDay() + 6) % WEEK;
    if (key === "Home") return moved(this.day, -place);
    if (key === "End") return moved(this.day, WEEK - 1 - place);
    return null;
  }

  choose(day) {
    const { field } = this;
    const time = /\d{1,2}[:.]\d{2}$/.exec(field.value)?.[0] ?? "";
    field.value = field.matches("[data-moment]") ? `${written(day)} ${time}` : written(day);
    this.close(true);
    for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
  }

  left(to) {
    if (to && !this.box.contains(to) && to !== this.field) this.close(false);
  }

  close(back) {
    if (!this.isOpen()) return;
    this.box.hidePopover();
    if (back) this.field.focus();
  }

  place() {
    const box = this.field.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = this.box;
    const below = window.innerHeight - box.bottom > height + 4 || box.top < height;
    const left = Math.max(8, Math.min(box.left, window.innerWidth - width - 8));
    this.box.style.left = `${left}px`;
    this.box.style.top = `${below ? box.bottom + 4 : box.top - height - 4}px`;
  }
}

const LONG = { weekday: "long", day: "numeric", month: "long", year: "numeric" };
const calendar = new Calendar();

document.addEventListener("click", (event) => {
  const field = event.target.closest?.(DAY);
  if (field && !field.readOnly) calendar.open(field);
  else if (!calendar.box.contains(event.target)) calendar.close(false);
});

document.addEventListener("keydown", (event) => {
  const field = event.target.closest?.(DAY);
  if (!field) return;
  if (event.key === "ArrowDown" && !field.readOnly) {
    event.preventDefault();
    calendar.open(field);
    calendar.enter();
  } else if (event.key === "Escape" && calendar.isOpen()) {
    event.preventDefault();
    calendar.close(false);
  } else if (event.key === "Tab" || event.key === "Enter") calendar.close(false);
});

document.addEventListener("change", (event) => {
  if (event.target.matches(DAY)) expand(event.target);
  if (event.target.matches("input[data-clock]")) event.target.value = clock(event.target.value);
});

for (const name of ["scroll", "resize"])
  window.addEventListener(name, () => calendar.isOpen() && calendar.place(), true);

// Enter sends the form without a change event first.
document.addEventListener("submit", (event) => {
  for (const field of event.target.querySelectorAll(DAY)) expand(field);
}, true);

document.addEventListener("focusin", (event) => {
  const field = event.target;
  if (!field.matches(DAY)) return;
  field.placeholder ||= words.dayForm + (field.matches("[data-moment]") ? " 14:30" : "");
});
