// Boards: cards are dragged or moved by a menu, and what others move is followed.
const board = document.querySelector("[data-board]");
const dialog = document.getElementById("move-dialog");
const says = document.getElementById("board-says");
const why = dialog.querySelector("[data-why]");
const ways = JSON.parse(board.dataset.ways);
const EVERY = 12000;
let dragged = null;
let lost = false;

const waysOf = (card) => ways[card.dataset.stage] ?? [];

function tell(message, link, good = false) {
  says.hidden = !message;
  says.classList.toggle("notice-good", good);
  says.classList.toggle("notice-late", !good);
  const line = says.querySelector("p");
  line.textContent = message ?? "";
  if (!link) return;
  const anchor = document.createElement("a");
  anchor.href = link.url;
  anchor.textContent = link.words;
  line.append(" ", anchor);
}

async function move(card, to, reason = "") {
  card.setAttribute("aria-busy", "true");
  const body = new URLSearchParams({ csrf_token: board.dataset.token, to, reason });
  body.set("card", card.dataset.card);
  body.set("seen", card.dataset.steps);
  try {
    const answer = await fetch(board.dataset.moveUrl, { method: "POST", body, headers: { Accept: "application/json" } });
    const told = await answer.json();
    tell(told.says, { url: told.url, words: told.words }, told.ok);
  } catch {
    tell(board.dataset.failed);
  }
  card.removeAttribute("aria-busy");
  await follow();
  document.querySelector(`#card-${card.dataset.card} a`)?.focus();
}

// What the reader stands on, to be found again when its column is drawn anew.
function standpoint() {
  const here = document.activeElement;
  const card = here.closest("[data-card]");
  return card && `#card-${card.dataset.card} ${here.matches("[data-move]") ? "[data-move]:not([hidden])" : "a"}`;
}

async function follow() {
  const have = [...board.querySelectorAll("[data-stamp]")].map((lane) => lane.dataset.stamp);
  const url = new URL(board.dataset.now, location);
  url.searchParams.set("have", have.join(","));
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  if (!answer.ok || answer.redirected) throw new Error("the board is not shown any more");
  const { lanes, total, map } = await answer.json();
  if (map !== board.dataset.map) return location.reload();
  if (lost) tell("");
  lost = false;
  const stood = standpoint();
  for (const [code, html] of Object.entries(lanes)) {
    const old = board.querySelector(`[data-lane="${CSS.escape(code)}"]`);
    if (old) old.outerHTML = html;
  }
  document.querySelector("[data-total]").textContent = total;
  offer();
  if (stood && !board.contains(document.activeElement))
    document.querySelector(stood)?.focus({ preventScroll: true });
}

// The button to move stands there only where this script can answer it.
function offer() {
  for (const button of board.querySelectorAll("[data-move]"))
    button.hidden = waysOf(button.closest("[data-card]")).length === 0;
}

function ask(card) {
  const here = dialog.querySelector("[data-ways-here]");
  dialog.querySelector("[data-what]").textContent = card.querySelector("a").textContent;
  here.replaceChildren(...waysOf(card).map((way) => {
    const button = dialog.querySelector("template").content.firstElementChild.cloneNode();
    button.textContent = (way.back ? "← " : "→ ") + way.name;
    button.classList.toggle("danger", way.ends);
    button.addEventListener("click", () => {
      if (way.ends) return askWhy(card, way);
      dialog.close();
      move(card, way.to);
    });
    return button;
  }));
  here.hidden = false;
  why.hidden = true;
  dialog.showModal();
}

// A card is given up with a reason.
function askWhy(card, way) {
  dialog.querySelector("[data-ways-here]").hidden = true;
  why.hidden = false;
  why.reset();
  why.querySelector("button").textContent = "→ " + way.name;
  why.onsubmit = (event) => {
    event.preventDefault();
    dialog.close();
    move(card, way.to, why.reason.value);
  };
  why.reason.focus();
}

board.addEventListener("click", (event) => {
  const button = event.target.closest("[data-move]");
  if (button) ask(button.closest("[data-card]"));
});
dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());

board.addEventListener("dragstart", (event) => {
  dragged = event.target.closest("[data-card][draggable]");
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.dataset.card);
  const lanes = new Set(waysOf(dragged).map((way) => way.lane));
  for (const lane of board.querySelectorAll("[data-lane]"))
    lane.classList.toggle("takes", lanes.has(lane.dataset.lane));
});
board.addEventListener("dragover", (event) => {
  if (dragged && event.target.closest("[data-lane]")) event.preventDefault();
});
board.addEventListener("drop", (event) => {
  const lane = event.target.closest("[data-lane]");
  if (!dragged || !lane) return;
  event.preventDefault();
  if (lane.contains(dragged)) return;
  const way = waysOf(dragged).find((one) => one.lane === lane.dataset.lane);
  const card = dragged;
  if (way?.ends) {
    ask(card);
    askWhy(card, way);
  } else if (way) move(card, way.to);
  else tell(board.dataset.only.replace("…", waysOf(dragged).map((one) => one.name).join(", ") || "—"));
});
board.addEventListener("dragend", () => {
  dragged = null;
  for (const lane of board.querySelectorAll(".takes")) lane.classList.remove("takes");
});

for (const field of document.querySelectorAll("[data-board-filters] :is(select, [type=checkbox])"))
  field.addEventListener("change", () => field.form.requestSubmit());

setInterval(() => {
  if (document.hidden || dragged || dialog.open) return;
  follow().catch(() => {
    if (!lost) tell(board.dataset.lost);
    lost = true;
  });
}, EVERY);
offer();
