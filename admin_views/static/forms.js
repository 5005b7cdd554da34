// Forms: nothing typed is lost by leaving, nothing is sent twice, the first mistake is in sight.
const words = document.getElementById("words").dataset;
const LOCK = 10_000;
const changed = new Set();

for (const name of ["input", "change"])
  document.addEventListener(name, (event) => {
    const form = event.target.closest?.("form[data-guard]");
    if (form) changed.add(form);
  });

// Two versions side by side: who types into their own chooses it.
document.addEventListener("input", (event) => {
  if (event.target.type === "radio") return;
  const mine = event.target.closest?.(".merge")?.querySelector("input[value=mine]");
  if (mine) mine.checked = true;
});

window.addEventListener("beforeunload", (event) => {
  if (changed.size) event.preventDefault();
});

// A lock and no disabled button: a disabled one would not be sent with its name and value.
// It opens again by itself, because a download leaves the page where it is.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "1";
  changed.delete(form);
  tell(form, words.saving);
  setTimeout(() => unlock(form), LOCK);
});

window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) unlock(form);
});

function unlock(form) {
  delete form.dataset.sent;
  tell(form, "");
}

function tell(form, text) {
  const place = form.querySelector("[data-saving]");
  if (place) place.textContent = text;
}

const mistakes = document.getElementById("mistakes");
if (mistakes) {
  mistakes.focus();
  const guarded = document.querySelector("form[data-guard]");
  if (guarded) changed.add(guarded);
} else if (!document.querySelector("[autofocus]") && matchMedia("(pointer: fine)").matches) {
  const fields = "form[data-first] .fields :is(input:not([type=hidden]), select, textarea)";
  const all = [...document.querySelectorAll(fields)];
  const empty = all.filter((one) => !one.value);
  const needed = (one) => one.closest(".field")?.querySelector(".req");
  (empty.find(needed) ?? empty[0] ?? all[0])?.focus();
}
