// The wall board draws itself anew: only what stands on it, so that nothing blinks or jumps.
const EVERY = 30_000;

async function drawAnew() {
  try {
    const answer = await fetch(location.href, { cache: "no-store" });
    if (answer.status >= 500) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const board = page.querySelector("body.wall #content");
    if (board) document.querySelector("#content").replaceWith(board);
    else location.reload(); // signed out, or not allowed any more: show what is said instead
  } catch {
    // The line or the house is down: what was known stays, and the next turn tries again.
  }
}

setInterval(drawAnew, EVERY);
