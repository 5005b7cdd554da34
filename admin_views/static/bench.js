/* The bench: taps answer at once, wait in the browser while the line is cut, and are sent once. */
const bench = document.getElementById("bench");
const line = document.getElementById("bench-line");
const says = document.getElementById("bench-says");
const causes = document.getElementById("bench-causes");
const KEPT = `bench-acts-${bench.dataset.person}`;
const AGAIN = 4000;
let open = new URLSearchParams(location.search).get("open");
let chosen = Boolean(open);
let shut = false;
let sending = false;

const waiting = () => JSON.parse(localStorage.getItem(KEPT) || "[]");
const keep = (acts) => localStorage.setItem(KEPT, JSON.stringify(acts));
const sheet = (track) => bench.querySelector(`[data-sheet="${track}"]`);
const works = (wanted) => `${bench.dataset.works}?person=${bench.dataset.person}&open=${encodeURIComponent(wanted)}`;
const key = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (n) => n.toString(16).padStart(2, "0")).join("");

function tellLine(words) {
  const count = waiting().length;
  line.dataset.waiting = count;
  line.className = count || words ? "bench-line warn" : "bench-line";
  line.textContent = words || (count ? `${line.dataset.waits} ${count}` : line.dataset.ready);
}

function tell(words, register, good) {
  says.hidden = !words;
  says.className = good ? "notice notice-good" : "notice notice-late";
  const way = says.querySelector("[data-register]");
  way.hidden = !register;
  if (register) way.href = register;
  says.querySelector("p").textContent = words || "";
}

/* What is begun lies on the bench by itself, else the first of one's own that waits for no one. */
function layOut() {
  if (shut || (open && sheet(open))) return;
  const mine = [...bench.querySelectorAll("[data-mine='1']")].filter((one) => one.dataset.held !== "1");
  open = (mine.find((one) => one.dataset.started === "1") ?? mine[0])?.dataset.sheet ?? open;
  chosen = false;
}

function choose(track) { open = track; chosen = Boolean(track); shut = !track; draw(); }

/* A lot is of a work that somebody took in hand, not of one that only lies there. */
const inHand = () => open && sheet(open) && (chosen || sheet(open).dataset.started === "1");

function draw() {
  layOut();
  for (const one of bench.querySelectorAll("[data-sheet]")) {
    one.hidden = one.dataset.sheet !== open;
    const started = one.dataset.started === "1";
    const held = one.dataset.held === "1";
    const path = JSON.parse(one.dataset.path);
    one.querySelector("[data-deed=start]").hidden = held || started || !path[0] || !path[0].mine;
    one.querySelector("[data-deed=done]").hidden = held || !started;
    for (const act of one.querySelectorAll("[data-problem], [data-hold]")) act.hidden = held || !started;
  }
  for (const row of bench.querySelectorAll("[data-open]")) row.setAttribute("aria-current", row.dataset.open === open);
}

/* What a tap changes on this screen before the server has heard of it. */
function foresee(act) {
  const one = sheet(act.track);
  if (!one || Number(one.dataset.seen) !== act.seen) return;
  if (act.deed === "start") one.dataset.started = "1";
  if (act.deed === "problem") { one.dataset.started = ""; one.dataset.path = "[]"; }
  if (act.deed === "done") {
    const path = JSON.parse(one.dataset.path).slice(1);
    one.dataset.path = JSON.stringify(path.length && path[0].end ? [] : path);
    one.dataset.seen = act.seen + 1;
    one.dataset.started = "";
    one.querySelector("[data-points]")?.replaceChildren();
    if (path[0]) one.querySelector("[data-stage]").textContent = path[0].name;
  }
  const state = bench.querySelector(`[data-state-of="${act.track}"]`);
  if (state) state.textContent = one.querySelector("[data-stage]").textContent;
}

function show(html) {
  bench.innerHTML = html;
  waiting().forEach(foresee);
  draw();
}

function tap(deed, one, more = {}) {
  const act = { key: key(), deed, card: one.dataset.card, track: one.dataset.sheet, seen: Number(one.dataset.seen), tapped: Math.floor(Date.now() / 1000), ...more };
  keep([...waiting(), act]);
  foresee(act);
  draw();
  tell("");
  tellLine();
  send();
}

async function post(act) {
  const fields = new URLSearchParams({ csrf_token: bench.dataset.token, person: bench.dataset.person, open: open || "", ...act });
  return fetch(bench.dataset.act, { method: "POST", body: fields, headers: { "X-Requested-With": "XMLHttpRequest" }, signal: AbortSignal.timeout(15000) });
}

/* Who signed in again in another tab has another token; an old one is renewed once, not thrown at the acts. */
async function renewed() {
  try {
    const page = new DOMParser().parseFromString(await (await fetch(location.pathname, { headers: { "X-Requested-With": "XMLHttpRequest" } })).text(), "text/html");
    const found = page.getElementById("bench")?.dataset;
    if (!found || found.person !== bench.dataset.person || found.token === bench.dataset.token) return false;
    bench.dataset.token = found.token;
    return true;
  } catch { return false; }
}

async function send() {
  if (sending) return;
  sending = true;
  let cut = "";
  while (!cut && waiting().length) {
    const act = waiting()[0];
    let answer;
    try { answer = await post(act); } catch { cut = line.dataset.cut; break; }
    if (answer.status === 400 && (await renewed())) continue;
    if ([400, 401].includes(answer.status) || answer.redirected) { cut = line.dataset.signedOut; dispatchEvent(new Event("signed-out")); break; }
    if (!answer.ok && ![403, 409].includes(answer.status)) { cut = line.dataset.cut; break; }
    const told = await answer.json().catch(() => ({}));
    /* Another tab may have sent it too. What was refused takes along what was tapped on the same work after it. */
    const left = waiting().filter((one) => one.key !== act.key);
    keep(answer.ok ? left : left.filter((one) => one.card !== act.card));
    if (!answer.ok) tell(told.says || line.dataset.refused, told.register);
    else if (told.says) tell(told.says, "", true);
    if (told.html) show(told.html);
  }
  sending = false;
  tellLine(cut && waiting().length ? `${cut} ${line.dataset.waits} ${waiting().length}` : cut);
}

async function look() {
  if (waiting().length) return send();
  if (document.hidden || causes.open) return;
  try {
    const answer = await fetch(works(open || ""), { headers: { "X-Requested-With": "XMLHttpRequest" } });
    if (answer.status === 401) { dispatchEvent(new Event("signed-out")); return tellLine(line.dataset.signedOut); }
    if (answer.ok && !waiting().length) show((await answer.json()).html);
    tellLine();
  } catch { tellLine(line.dataset.cut); }
}

bench.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const one = button.closest("[data-sheet]");
  if (button.dataset.open) { choose(button.dataset.open); sheet(open).scrollIntoView({ block: "center" }); }
  else if (button.dataset.deed) tap(button.dataset.deed, one);
  else if ("problem" in button.dataset) { causes.dataset.track = one.dataset.sheet; causes.showModal(); }
  else if ("closeSheet" in button.dataset) choose(null);
});
causes.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  causes.close();
  const one = sheet(causes.dataset.track);
  if (button.dataset.cause && one) tap("problem", one, { cause: button.dataset.cause });
});
/* A ticket that is not among the works of this page is asked of the server. */
async function fetchTicket(code, unknown) {
  try {
    const answer = await fetch(works(code), { headers: { "X-Requested-With": "XMLHttpRequest" } });
    if (answer.ok) show((await answer.json()).html);
  } catch { return tellLine(line.dataset.cut); }
  const found = bench.querySelector(`[data-ticket="${CSS.escape(code)}"]`);
  if (!found) return tell(unknown);
  return choose(found.dataset.sheet);
}

document.getElementById("bench-scan").addEventListener("submit", (event) => {
  event.preventDefault();
  const field = document.getElementById("scan");
  const code = field.value.replace(/^\s+/, "").replace(/[\r\n\t]+$/, "").slice(0, 300); /* a blank at the end may be HIBC's check */
  field.value = "";
  const found = code && bench.querySelector(`[data-ticket="${CSS.escape(code.trim())}"]`);
  if (found) { tell(""); choose(found.dataset.sheet); }
  else if (/^\d\d-\d{6}$/.test(code.trim())) fetchTicket(code.trim(), field.dataset.unknown);
  else if (code && inHand()) tap("lot", sheet(open), { lot: code });
  else if (code) tell(field.dataset.unknown);
});
says.querySelector("[data-shut-says]").addEventListener("click", () => tell(""));
addEventListener("online", look);
addEventListener("offline", () => tellLine(line.dataset.cut));
setInterval(() => { if (waiting().length) send(); }, AGAIN);
setInterval(look, 30000);
waiting().forEach(foresee);
draw();
tellLine();
send();
