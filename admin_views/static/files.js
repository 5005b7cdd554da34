// File fields in the person's language: the browser's own button speaks the browser's.
// The field lies unseen over our button and still takes the click, the key and the dropped file.
for (const field of document.querySelectorAll(".file-field input[type=file]")) {
  const place = field.parentElement;
  const told = place.querySelector("output");
  const nothing = told.textContent;
  const tell = () => {
    told.textContent = field.files[0]?.name ?? nothing;
  };
  place.classList.add("ours");
  for (const part of place.querySelectorAll("[hidden]")) part.hidden = false;
  field.addEventListener("change", tell);
  tell();
}
