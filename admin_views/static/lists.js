// Lists: ticked rows and what to do with them, rows that open on a click, filters without empty parts.
const words = document.getElementById("words").dataset;
const bulk = document.querySelector("form.bulk");
if (bulk) startBulk(bulk);

function startBulk(form) {
  const ticks = [...document.querySelectorAll('input[name="rowid"]')];
  const all = document.querySelector("[data-tick-all]");
  const count = form.querySelector("[data-count]");

  function show() {
    const ticked = ticks.filter((one) => one.checked).length;
    form.classList.toggle("on", ticked > 0);
    count.textContent = words.ticked.replace("{count}", ticked);
    if (all) all.checked = ticked > 0 && ticked === ticks.length;
    if (all) all.indeterminate = ticked > 0 && ticked < ticks.length;
  }

  function tickAll(on) {
    for (const one of ticks) one.checked = on;
    show();
  }

  for (const one of ticks) one.addEventListener("change", show);
  all?.addEventListener("change", () => tickAll(all.checked));
  form.querySelector("[data-tick-none]")?.addEventListener("click", () => tickAll(false));
  window.addEventListener("pageshow", show);
  show();
}

for (const table of document.querySelectorAll("table.labelled")) {
  const labels = [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
  const narrow = matchMedia("(max-width: 48rem)");
  const label = () => narrow.matches && labelCells(table, labels);
  narrow.addEventListener("change", label);
  label();
}

// A long word is cut so that the whole row can be read; under the pointer it is told in full.
document.querySelector("table.rows")?.addEventListener("pointerover", ({ target }) => {
  const cell = target.closest("td");
  if (cell && !cell.title && cell.scrollWidth > cell.clientWidth) cell.title = cell.textContent.trim();
});

function labelCells(table, labels) {
  for (const row of table.tBodies[0].rows)
    for (const [place, cell] of [...row.cells].entries())
      if (!cell.matches(".pick, .name")) cell.dataset.label = labels[place];
}

document.addEventListener("click", (event) => {
  const row = event.target.closest("tr[data-row]");
  const control = event.target.closest("a, button, input, label, select");
  if (!row || control || String(getSelection())) return;
  const link = row.querySelector(".name a");
  if (event.ctrlKey || event.metaKey) window.open(link.href);
  else link.click();
});

for (const form of document.querySelectorAll("form[data-filter]"))
  form.addEventListener("submit", () => {
    for (const field of form.elements)
      if (field.type !== "hidden" && field.name && !field.value) field.disabled = true;
  });

// Columns move at once; the address gets them in one word when the form is sent.
for (const form of document.querySelectorAll("[data-columns] form")) {
  form.addEventListener("click", (event) => {
    const button = event.target.closest('button[name="move"]');
    if (!button) return;
    event.preventDefault();
    moveColumn(button, form);
  });
  form.addEventListener("formdata", ({ formData }) => {
    const names = formData.getAll("columns");
    if (names.length) formData.set("columns", names.join(","));
  });
}

function moveColumn(button, form) {
  const line = button.closest("li");
  if (button.value.endsWith(":up")) line.previousElementSibling?.before(line);
  else line.nextElementSibling?.after(line);
  button.focus();
  const place = [...line.parentElement.children].indexOf(line) + 1;
  const words = { column: line.textContent.trim().split("\n")[0], place };
  form.querySelector("[role=status]").textContent = form.dataset.place.replace(
    /{(\w+)}/g,
    (_, name) => words[name],
  );
}

// Whoever types into a field of many records means to change it.
for (const form of document.querySelectorAll("[data-bulk-fields]"))
  for (const kind of ["input", "change"])
    form.addEventListener(kind, ({ target }) => {
      const tick = target.closest(".bulk-field")?.querySelector('[name="change"]');
      if (tick && tick !== target) tick.checked = true;
    });

// The page comes back from the browser's memory with its fields as they were left.
window.addEventListener("pageshow", () => {
  for (const field of document.querySelectorAll("form[data-filter] :disabled"))
    field.disabled = false;
});
