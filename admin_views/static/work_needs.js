// The form of an order asks only what its kind of work needs; what is filled in always shows.
const needs = document.getElementById("work-needs");
const works = JSON.parse(needs.dataset.works);
const form = needs.closest("form");
const every = [...new Set(Object.values(works).flat())];

function settle() {
  const away = works[form.elements.work_type?.value] ?? [];
  for (const name of every) {
    const input = form.elements[name];
    const place = input?.closest?.(".field");
    if (place) place.hidden = away.includes(name) && !input.value && !place.matches(".wrong");
  }
  for (const group of form.querySelectorAll("fieldset.group:not(.inline)")) {
    group.hidden = !group.querySelector(".field:not([hidden])");
  }
}

form.addEventListener("change", settle);
settle();
