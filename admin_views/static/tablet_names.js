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
form?.addEventListener("click", (event) => {
  const key = event.target.closest("button");
  if (!key || field.disabled) return;
  if (key.dataset.digit) field.value = (field.value + key.dataset.digit).slice(0, 6);
  else if ("erase" in key.dataset) field.value = field.value.slice(0, -1);
  if (key.dataset.digit && field.value.length === 6) form.requestSubmit();
});
field?.addEventListener("input", () => { if (field.value.length === 6) form.requestSubmit(); });
/* One PIN is one try, however often a finger falls. */
form?.addEventListener("submit", (event) => {
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
});
/* What the browser had kept is asked for anew: a PIN that was typed is gone. */
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
