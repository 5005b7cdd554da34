// The side bar's areas stay as this browser left them; set before the first paint, so nothing jumps.
{
  const KEPT = "areas";
  const kept = () => JSON.parse(localStorage.getItem(KEPT) ?? "{}");
  const areas = document.querySelectorAll(".side details[data-area]");
  for (const area of areas) {
    const holdsThisPage = area.querySelector("[aria-current]");
    const open = kept()[area.dataset.area];
    if (open !== undefined) area.open = open || Boolean(holdsThisPage);
    area.querySelector("summary").addEventListener("click", () => {
      localStorage.setItem(KEPT, JSON.stringify({ ...kept(), [area.dataset.area]: !area.open }));
    });
  }
  const side = document.querySelector(".side");
  const here = side?.querySelector("[aria-current]");
  if (here) side.scrollTop = here.offsetTop - side.clientHeight / 2;
}
