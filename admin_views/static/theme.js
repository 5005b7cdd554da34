// Sets the chosen theme before the first paint; without a choice the system decides.
{
  const chosen = document.cookie.match(/(?:^|; )theme=(light|dark)/);
  if (chosen) document.documentElement.dataset.theme = chosen[1];
  document.documentElement.classList.add("scripted");
}
