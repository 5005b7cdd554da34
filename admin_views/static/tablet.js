/* The shared tablet in somebody's hands: untouched it goes back to the names, and keeps what waits to be sent. */
const bar = document.getElementById("tablet-lock");
const warning = document.getElementById("tablet-warning");
const locked = document.getElementById("tablet-locked");
const IDLE = Number(bar.dataset.idle) * 1000;
const WARNS = 15000;
const TELLS = 10000;
const AGAIN = 4000;
let touched = Date.now();
let known = touched; // the last touch of which the server has heard: the page itself was one
let asked = touched;
let over = false;

const post = (url) => fetch(url, { method: "POST", body: new URLSearchParams({ csrf_token: bar.dataset.token }), redirect: "manual" });

/* The warning stays under the finger that touches it: gone too soon, the tap would fall on a work below. */
function touch(event) {
  if (over) return;
  touched = Date.now();
  if (event.type === "click" || !warning.contains(event.target)) warning.hidden = true;
}

async function tell() {
  const told = touched;
  asked = Date.now();
  try {
    const answer = await post(bar.dataset.touched);
    if (answer.status === 401) leave();
    else if (answer.ok) known = told;
  } catch { /* without a line the server ends the session by itself; the touch is told again */ }
}

function tick() {
  if (over) return;
  const now = Date.now();
  const left = IDLE - (now - touched);
  if (left <= 0) return leave();
  warning.hidden = left > WARNS;
  const words = warning.querySelector("p");
  words.textContent = words.dataset.words.replace("{seconds}", Math.ceil(left / 1000));
  if (touched > known && now - asked >= TELLS) tell();
}

/* Cover the page first, then end the session, then show the names. */
function leave() {
  if (over) return;
  over = true;
  warning.hidden = true;
  for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
  document.getElementById("content").hidden = true;
  locked.querySelector("p").textContent = locked.querySelector("p").dataset.going;
  locked.showModal();
  giveBack();
}

async function giveBack() {
  try {
    await post(bar.dataset.back);
    location.replace(bar.dataset.names);
  } catch {
    locked.querySelector("p").textContent = locked.querySelector("p").dataset.cut;
    setTimeout(giveBack, AGAIN);
  }
}

for (const event of ["pointerdown", "keydown", "touchstart"])
  addEventListener(event, touch, { capture: true, passive: true });
warning.querySelector("button").addEventListener("click", touch);
locked.addEventListener("cancel", (event) => event.preventDefault());
document.getElementById("tablet-back")?.addEventListener("submit", (event) => {
  event.preventDefault();
  leave();
});
addEventListener("signed-out", leave);
addEventListener("visibilitychange", tick);
/* A page that the browser had kept is nobody's: it is asked for anew, for whoever has the tablet now. */
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
setInterval(tick, 1000);
