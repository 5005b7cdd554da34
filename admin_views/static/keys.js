// Keys: any element with data-key answers to it, `g` and a letter lead to an area, `j` and `k`
// walk along rows, `?` shows the list. While somebody types, no single key does anything.
const help = document.getElementById("keys");
const PLACES = { t: 1, f: 2, p: 3, r: 4, l: 5, q: 6, s: 7 };
const ROWS = "tr[data-row] .name a, .lines .what a";
const PATIENCE = 1500;
let going = 0;

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented) return;
  const held = event.ctrlKey || event.metaKey;
  if (held && (event.key === "Enter" || event.key === "s")) return send(event);
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
  if (event.key === "?") return act(event, () => help?.showModal());
  if (Date.now() - going < PATIENCE) return go(event);
  if (event.key === "g") return act(event, () => (going = Date.now()));
  if (event.key === "s" && form()) return act(event, () => submit(form()));
  if (event.key === "j" || event.key === "k") return walk(event);
  if (event.key === "Escape" && event.target.matches?.(ROWS)) return event.target.blur();
  const target = find(event.key);
  if (target) act(event, () => press(target));
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-help]")) help?.showModal();
  if (event.target === help || event.target.closest("[data-close]")) help?.close();
});

function find(key) {
  const all = document.querySelectorAll("[data-key]");
  const fitting = [...all].filter((one) => one.dataset.key === key && one.checkVisibility());
  return fitting.at(-1);
}

function press(target) {
  if (target.matches("input")) {
    target.focus();
    target.select();
  } else {
    target.click();
  }
}

function go(event) {
  going = 0;
  const area = document.querySelector(`.side [data-area="${PLACES[event.key]}"]`);
  const first = area?.querySelector("a");
  if (first) act(event, () => first.click());
}

function walk(event) {
  const rows = [...document.querySelectorAll(ROWS)];
  if (!rows.length) return;
  const at = rows.indexOf(document.activeElement);
  const next = event.key === "j" ? at + 1 : Math.max(0, at < 0 ? 0 : at - 1);
  act(event, () => rows[Math.min(next, rows.length - 1)].focus());
}

function form() {
  return document.querySelector("form[data-guard]");
}

function submit(one) {
  one.requestSubmit(one.querySelector(".foot .btn.main") ?? one.querySelector(".btn.main"));
}

function send(event) {
  const one = event.target.closest?.("form[data-guard]") ?? form();
  if (one) act(event, () => submit(one));
}

function act(event, deed) {
  event.preventDefault();
  deed();
}

function isTyping(target) {
  if (target.matches?.("input[type=checkbox], input[type=radio]")) return false;
  return target.isContentEditable || Boolean(target.matches?.("input, textarea, select"));
}
