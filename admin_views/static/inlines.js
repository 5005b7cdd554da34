// Rows inside a form: «Add» copies the row of the template under the next number.
document.addEventListener("click", (event) => {
  const adder = event.target.closest("[data-add-row]");
  if (adder) addRow(adder.closest(".inline"));
  const remover = event.target.closest("[data-remove-row]");
  if (remover) removeRow(remover.closest("tr"));
});

function addRow(inline) {
  const number = Number(inline.dataset.next);
  inline.dataset.next = String(number + 1);
  const holder = document.createElement("template");
  holder.innerHTML = inline.querySelector("template").innerHTML.replaceAll("__INDEX__", number);
  const row = holder.content.firstElementChild;
  inline.querySelector("tbody").append(row);
  row.dispatchEvent(new CustomEvent("row-added", { bubbles: true }));
  row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
}

function removeRow(row) {
  const inline = row.closest(".inline");
  row.dispatchEvent(new Event("change", { bubbles: true }));
  row.remove();
  inline.querySelector("[data-add-row]")?.focus();
}
