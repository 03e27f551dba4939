// Five sentences to try, for those who are here for the first time.
import { el } from "../common/dom.js";

const SEEN = "hints.seen";

// They go well on any day of the week, one after the other.
const SENTENCES = [
  { text: "30 min with @ben on Tuesday afternoon", about: "Then book one of the times." },
  { text: "not before 4", about: "In its thread: it looks again.", inThread: true },
  { text: "move my meeting with @ben two days later", about: "Once you have booked one." },
  { text: "/meet @ben and @dev 30 min Wednesday 2pm London time", about: "Three people, three zones." },
  { text: "cancel my meeting with @ben", about: "It asks before it does it." },
];

// For a room in which nothing was said yet.
export const firstSentence = (store) => saidBy(SENTENCES[0].text, false, store);

export function mount(root, store) {
  const first = localStorage.getItem(SEEN) === null;
  const list = el("ol", {});
  const open = el("button", { type: "button", class: "try", id: "hints-open", "aria-expanded": String(first), "aria-controls": "hints-body" }, "Try");
  const close = el("button", { type: "button", id: "hints-close", hidden: !first }, "Got it");
  const body = el("div", { class: "hints-body", id: "hints-body", hidden: !first },
    el("p", {}, el("strong", {}, "Welcome. "), "The whole bot, in an invented company. Press a sentence, then send it. What happens to your meetings is told under Apps, slotwise."),
    list);
  const show = (isOpen) => {
    [body.hidden, close.hidden] = [!isOpen, !isOpen];
    open.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) localStorage.setItem(SEEN, "yes");
  };
  open.addEventListener("click", () => show(body.hidden));
  close.addEventListener("click", () => { show(false); open.focus(); });
  root.replaceChildren(el("div", { class: "hints-head" }, open, close), body);
  const draw = () => list.replaceChildren(...SENTENCES.map((one) => hintOf(one, store)));
  draw();
  store.on("state", draw); // another workspace has other people
}

function hintOf({ text, about, inThread = false }, store) {
  const compose = () => document.dispatchEvent(new CustomEvent("compose", { detail: { text: saidBy(text, inThread, store), inThread } }));
  return el("li", {}, el("button", { type: "button", on: { click: compose } }, store.ready ? named(text, store) : text), el("span", { class: "hint-about" }, about));
}

// In a channel the bot is mentioned, and nobody meets themselves.
function saidBy(text, inThread, store) {
  const words = named(text, store);
  const isPlain = store.isDm || words.startsWith("/") || (inThread && store.thread);
  return isPlain ? words : `@${store.bot.name} ${words}`;
}

// With people whom there are.
function named(text, store) {
  const others = [...store.people.values()].filter((one) => one.id !== store.viewer).map((one) => one.handle);
  const known = (handle, at) => (others.includes(handle) ? handle : others[at]);
  return text.replace("@ben", `@${known("ben", 0)}`).replace("@dev", `@${known("dev", 1)}`);
}
