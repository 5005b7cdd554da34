/* The tiles and the keypad of a shared tablet. */
const names = document.getElementById("tablet-names");
for (const tile of names?.querySelectorAll("[data-person]") ?? []) {
  const count = JSON.parse(localStorage.getItem(`bench-acts-${tile.dataset.person}`) || "[]").length;
  const words = tile.querySelector("[data-waiting]");
  words.hidden = !count;
  words.textContent = names.dataset.waits.replace("{count}", count);
}

const form = document.getElementById("tablet-pin");
const field = document.getElementById("pin");
/* What is missing is said in the person's language, not in the browser's. */
const judge = () => field?.setCustomValidity(field.value.length === 6 ? "" : field.dataset.short);
judge();
form?.addEventListener("click", (event) => {
  const key = event.target.closest("button");
  if (!key || field.disabled) return;
  if (key.dataset.digit) field.value = (field.value + key.dataset.digit).slice(0, 6);
  else if ("erase" in key.dataset) field.value = field.value.slice(0, -1);
  judge();
  if (key.dataset.digit && field.value.length === 6) form.requestSubmit();
});
field?.addEventListener("input", () => { judge(); if (field.value.length === 6) form.requestSubmit(); });
/* One PIN is one try, however often a finger falls. */
form?.addEventListener("submit", (event) => {
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
});
/* What the browser had kept is asked for anew: a PIN that was typed is gone. */
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
