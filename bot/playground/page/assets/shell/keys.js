// A few keys for the whole page, and the list of them.
import { el } from "../common/dom.js";
import { hasLetters, keepLetters } from "../common/memory.js";

const byId = (id) => document.getElementById(id);
const HELP = [
  ["c", "to the message box"], ["k", "open or close the calendar"], ["w", "why the bot answered so"],
  ["t", "trouble at a switch"], ["?", "these keys"], ["Alt + ↑ or ↓", "the room before or after"],
  ["Enter", "send; with Shift a new line"], ["↑", "in an empty message box: edit what you said last"],
  ["@  #  /", "complete people, channels, commands; Tab takes one"], ["Esc", "close what is on top"],
];

const PLACES = [
  ["Speak as", "see it with somebody else’s eyes; the sign beside it opens a second window"],
  ["Try", "five sentences to begin with, at the left"],
  ["Calendar", "what Cal.com has: book, move, cancel or accept there too"],
  ["Why", "what the bot heard, and what it asked of Cal.com"],
  ["Trouble", "let Cal.com or Slack fail"],
  ["Clock", "go on to another day, or begin the world again"],
];

const isTyping = (target) => target.closest?.("input, textarea, select, [contenteditable], dialog, [role=menu]");

// `acts`: what each key does; `step(by)`: to another room.
export function listen(acts, step) {
  document.addEventListener("keydown", (event) => {
    if (event.altKey && ["ArrowUp", "ArrowDown"].includes(event.key) && !event.target.closest?.("dialog")) {
      event.preventDefault();
      step(event.key === "ArrowUp" ? -1 : 1);
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return;
    if (!acts[event.key] || !hasLetters()) return;
    event.preventDefault();
    acts[event.key]();
  });
}

// Who speaks to the computer, or brushes its keys, can turn single letters off.
function letters() {
  const box = el("input", { type: "checkbox", on: { change: () => keepLetters(box.checked) } });
  box.checked = hasLetters();
  return el("label", { class: "letters" }, box, " Single letters, while no field has the focus");
}

export function showHelp() {
  const dialog = byId("help");
  dialog.replaceChildren(
    el("h2", { id: "help-title" }, "Keys"),
    el("dl", { class: "keys" }, ...HELP.flatMap(([key, words]) => [el("dt", {}, el("kbd", {}, key)), el("dd", {}, words)])),
    el("p", {}, letters()),
    el("h3", {}, "What is where"),
    el("dl", { class: "keys" }, ...PLACES.flatMap(([name, words]) => [el("dt", {}, name), el("dd", {}, words)])),
    el("div", { class: "answers" }, el("button", { type: "button", class: "button primary", on: { click: () => dialog.close() } }, "Close")));
  dialog.showModal();
}
