// Five sentences to try, for those who are here for the first time.
import { el } from "./dom.js";

const SEEN = "hints.seen";

// Where one sentence needs what another one leaves, it says so.
const SENTENCES = [
  ["30 min with @ben tomorrow afternoon", "Pick one of the times that come."],
  ["not before 3", "In the thread of the first: it looks again."],
  ["move my next meeting to Thursday at 4pm", "After you have booked one."],
  ["what's on this week?", "Your agenda, for your eyes."],
  ["45 min with @chika and @dev on Thursday or Friday, 9am London", "Two people, three zones."],
];

export function mount(root, store) {
  const first = localStorage.getItem(SEEN) === null;
  const list = el("ol", {});
  const open = el("button", { type: "button", class: "try", id: "hints-open", "aria-expanded": String(first), "aria-controls": "hints-body" }, "Try");
  const close = el("button", { type: "button", class: "plain", id: "hints-close" }, "Got it");
  const body = el("div", { class: "hints-body", id: "hints-body", hidden: !first },
    el("p", {}, el("strong", {}, "Welcome. "), "This is the whole bot in an invented company. Try a sentence: it goes into the message box, and Enter sends it."),
    list, close);
  const show = (isOpen) => {
    body.hidden = !isOpen;
    open.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) localStorage.setItem(SEEN, "yes");
  };
  open.addEventListener("click", () => show(body.hidden));
  close.addEventListener("click", () => { show(false); open.focus(); });
  root.replaceChildren(open, body);
  list.replaceChildren(...SENTENCES.map(([text, about]) => hintOf(text, about, store)));
}

function hintOf(text, about, store) {
  const compose = () => {
    const isPlain = store.isDm || store.thread || text.startsWith("/");
    document.dispatchEvent(new CustomEvent("compose", { detail: { text: isPlain ? text : `@${store.bot.name} ${text}` } }));
  };
  return el("li", {}, el("button", { type: "button", on: { click: compose } }, text), el("span", { class: "hint-about" }, about));
}
