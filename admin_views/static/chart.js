// The chart of teeth: a pressed tooth gets the chosen part, a pressed joint joins its neighbours.
const chart = document.getElementById("chart");
const form = chart.closest("form");
const needsImplant = chart.dataset.needsImplant.split(" ");
const neverJoined = chart.dataset.neverJoined.split(" ");
const field = (name) => form.elements[name];
const toothOf = (number) => chart.querySelector(`.tooth[data-tooth="${number}"]`);
const joints = [...chart.querySelectorAll(".join")];
const ends = (joint) => joint.dataset.join.split("-").map(toothOf);

chart.addEventListener("click", (event) => {
  const tooth = event.target.closest(".tooth");
  const joint = event.target.closest(".join");
  if (tooth) press(tooth);
  if (joint && canJoin(joint)) join(joint, joint.getAttribute("aria-pressed") !== "true");
  if (tooth || joint) settle();
});

function press(tooth) {
  const tool = chart.querySelector("[name=tool]:checked");
  const part = tooth.dataset.part === tool.value ? "" : tool.value;
  tooth.dataset.part = field(`part.${tooth.dataset.tooth}`).value = part;
  tooth.setAttribute("aria-pressed", String(part !== ""));
  tooth.setAttribute("aria-label", [tooth.dataset.tooth, part && tool.dataset.word].filter(Boolean).join(", "));
  for (const joint of joints) {
    if (!ends(joint).includes(tooth)) continue;
    const parts = ends(joint).map((one) => one.dataset.part);
    if (!canJoin(joint)) join(joint, false);
    else if ("joinsItself" in chart.dataset || parts.includes("pontic")) join(joint, true);
  }
  const place = chart.querySelector(`[data-implant="${tooth.dataset.tooth}"]`);
  place.hidden = !needsImplant.includes(part);
  if (place.hidden) place.querySelector("input").value = "";
}

function canJoin(joint) {
  return ends(joint).every((one) => one.dataset.part && !neverJoined.includes(one.dataset.part));
}

function join(joint, on) {
  joint.setAttribute("aria-pressed", String(on));
  field(`join.${joint.dataset.join}`).value = on ? "1" : "";
}

// Joints that cannot be are out of the way of the keyboard; the chosen teeth are told in a line.
function settle() {
  for (const joint of joints) joint.disabled = !canJoin(joint);
  const said = [];
  let before = "";
  for (const tooth of chart.querySelectorAll(".tooth[data-part]:not([data-part=''])")) {
    const number = tooth.dataset.tooth;
    const joined = before && field(`join.${before}-${number}`)?.value === "1";
    if (joined) said[said.length - 1] += `=${number}`;
    else said.push(number);
    before = number;
  }
  const place = chart.querySelector("[data-spans]");
  place.textContent = said.join(", ") || place.dataset.none;
  form.dispatchEvent(new Event("change", { bubbles: true }));
}

// Arrows walk along the arch and from one arch to the other.
chart.addEventListener("keydown", (event) => {
  const tooth = event.target.closest(".tooth");
  const steps = { ArrowLeft: -1, ArrowRight: 1 };
  if (!tooth || (!(event.key in steps) && !["ArrowUp", "ArrowDown"].includes(event.key))) return;
  const rows = [...chart.querySelectorAll(".arch")].map((row) => [...row.querySelectorAll(".tooth")]);
  const at = rows.findIndex((row) => row.includes(tooth));
  const place = rows[at].indexOf(tooth);
  const next = event.key in steps ? rows[at][place + steps[event.key]] : rows[at + (event.key === "ArrowDown" ? 1 : -1)]?.[place];
  if (!next) return;
  event.preventDefault();
  next.focus();
});

if (!chart.querySelector(".tooth:disabled")) {
  for (const joint of joints) joint.disabled = !canJoin(joint);
}
