// A button that prints the page; style sheets leave only the page itself on paper.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
