// Single keys: any element with data-key answers to it; `?` shows the list of keys.
const help = document.getElementById("keys");

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return send(event);
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
  if (event.key === "?") return act(event, () => help?.showModal());
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

function send(event) {
  const form = event.target.closest?.("form[data-guard]");
  if (form) act(event, () => form.requestSubmit(form.querySelector(".btn.main")));
}

function act(event, deed) {
  event.preventDefault();
  deed();
}

function isTyping(target) {
  if (target.matches?.("input[type=checkbox], input[type=radio]")) return false;
  return target.isContentEditable || Boolean(target.matches?.("input, textarea, select"));
}
