// A select under headings shows only the heading that another field of its form has chosen:
// the pipelines of a kind, the stages of a pipeline. The server refuses the rest anyway.
const widest = 6;

function words(select) {
  const said = (option) => option.text.trim();
  if (select.value) return new Set([said(select.selectedOptions[0])]);
  return new Set([...select.options].filter((one) => one.value && !one.hidden).map(said));
}

function narrow(select) {
  const other = select.form?.elements[select.dataset.narrowedBy];
  if (!other?.options) return;
  const wanted = words(other);
  for (const group of select.querySelectorAll("optgroup")) {
    const fits = wanted.has(group.label.trim());
    group.hidden = group.disabled = !fits;
    for (const option of group.children) option.hidden = !fits;
  }
  if (select.selectedOptions[0]?.hidden) select.value = "";
}

function narrowAll(form) {
  const all = [...form.querySelectorAll("select[data-narrowed-by]")];
  for (let round = 0; round < Math.min(all.length, widest); round += 1) all.forEach(narrow);
}

const forms = new Set([...document.querySelectorAll("[data-narrowed-by]")].map((one) => one.form));
for (const form of forms) {
  narrowAll(form);
  form.addEventListener("change", () => narrowAll(form));
}
