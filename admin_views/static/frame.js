// The frame: drop-down menus, the theme, notices that go away, questions before acts.
const menus = () => document.querySelectorAll("details.drop[open]");

function closeMenus(except = null) {
  for (const menu of menus()) if (menu !== except) menu.open = false;
}

document.addEventListener("click", (event) => {
  closeMenus(event.target.closest("details.drop"));
  if (event.target.closest("[data-shut]")) event.target.closest(".notice").remove();
  const theme = event.target.closest("[data-theme-choice]");
  if (theme) chooseTheme(theme.dataset.themeChoice);
  const fold = event.target.closest("[data-fold]");
  if (fold) fold.setAttribute("aria-expanded", String(fold.getAttribute("aria-expanded") !== "true"));
});

document.addEventListener("focusin", (event) => closeMenus(event.target.closest("details.drop")));

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  const [menu] = menus();
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  } else if (location.hash === "#menu") {
    location.hash = "";
  }
});

// Forms and buttons with data-confirm ask first; also those that a script sends.
document.addEventListener("submit", (event) => {
  const question = event.submitter?.dataset.confirm ?? event.target.dataset.confirm;
  if (question && !confirm(question)) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}, true);

// Good news leaves by itself, unless somebody looks at it just then.
const STAYS = 7000;
for (const toast of document.querySelectorAll(".toast"))
  setTimeout(() => toast.matches(":hover, :focus-within") || toast.remove(), STAYS);

function chooseTheme(theme) {
  const age = theme === "system" ? 0 : 31536000;
  document.cookie = `theme=${theme}; path=/; max-age=${age}; samesite=lax`;
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  showTheme();
}

function showTheme() {
  const now = document.documentElement.dataset.theme ?? "system";
  for (const button of document.querySelectorAll("[data-theme-choice]"))
    button.setAttribute("aria-pressed", String(button.dataset.themeChoice === now));
}

showTheme();
