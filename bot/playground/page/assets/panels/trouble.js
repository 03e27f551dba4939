// Trouble at a switch, so that one sees what the bot does about it.
import { el } from "../common/dom.js";

const SWITCHES = [
  ["calcom_slow", "Cal.com is slow", "Every call takes some seconds. The answer comes late, but it comes; a press shows at once what is being done."],
  ["calcom_down", "Cal.com is down", "Every call fails. The bot says that it cannot reach the calendar, and does not claim a meeting that is not there."],
  ["calcom_loses_answers", "Cal.com loses answers", "A booking is made, but the answer gets lost. The bot looks it up before it says anything, and never books twice."],
  ["calcom_busy", "Cal.com is over its limit", "Every call gets a 429. The bot waits as long as it is told to, then says plainly that it did not work."],
  ["slack_twice", "Slack delivers twice", "Every message and press arrives two times. The bot does each thing once."],
  ["slot_taken", "The time is taken in between", "Somebody takes the time just before the next booking. The bot says so and offers others. This switch then turns itself off."],
];

export function mount(root, store, api) {
  const told = el("p", { class: "told", role: "alert" });
  const inputs = new Map();
  const turn = (name, on) => api.trouble({ name, on }).then(() => { told.textContent = ""; }, () => {
    told.textContent = "That switch could not be turned.";
    show();
  });
  const rows = SWITCHES.map(([name, title, what]) => {
    const input = el("input", { type: "checkbox", role: "switch", id: `trouble-${name}`, "aria-describedby": `trouble-${name}-what`, on: { change: (event) => turn(name, event.currentTarget.checked) } });
    inputs.set(name, input);
    return el("li", {}, input, el("div", {}, el("label", { for: input.id }, title), el("p", { class: "quiet", id: `trouble-${name}-what` }, what)));
  });
  const standing = () => SWITCHES.map(([name]) => name).filter((name) => store.switches?.[name]);
  const off = el("button", { type: "button", on: { click: () => Promise.all(standing().map((name) => turn(name, false))) } }, "All off");
  root.replaceChildren(el("h2", {}, "Trouble at a switch"),
    el("p", { class: "quiet" }, "Make something fail, then ask the bot for a meeting and see whether it tells the truth."),
    el("ul", { class: "switches" }, ...rows), told, el("div", { class: "answers" }, off));

  function show() {
    const on = standing();
    for (const [name, input] of inputs) input.checked = on.includes(name);
    off.setAttribute("aria-disabled", String(on.length === 0)); // disabled, it would lose the focus of whoever pressed it
    badge(on.length);
  }
  for (const kind of ["state", "world"]) store.on(kind, show);
  if (store.ready) show();
}

// In the toolbar one sees that something is wrong on purpose, even with the panel closed.
function badge(count) {
  const number = document.getElementById("trouble-count");
  number.hidden = count === 0;
  number.replaceChildren(String(count), el("span", { class: "hidden" }, " switched on"));
  document.getElementById("tool-trouble").classList.toggle("alarmed", count > 0);
}
