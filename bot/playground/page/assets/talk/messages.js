// A list of messages: those of one author within a minute stand together, and a line is drawn between days.
import { wallOf } from "../common/dates.js";
import { clock, day, today } from "../common/times.js";
import { el, keep } from "../common/dom.js";
import { messageOf } from "./message.js";

const LAST = 30;

export const isAtEnd = (list) => list.scrollHeight - list.scrollTop - list.clientHeight < 80;
export const toEnd = (list) => { list.scrollTop = list.scrollHeight; };

// Who reads at the end stays there when the list gets narrower or lower, or a composer grows under it.
export function stick(list) {
  let [isStuck, size] = [true, ""];
  const sizeNow = () => `${list.clientWidth} ${list.clientHeight}`;
  const scrolled = () => { if (sizeNow() === size) isStuck = isAtEnd(list); }; // else the list moved, not its reader
  const resized = () => { size = sizeNow(); if (isStuck) toEnd(list); };
  list.addEventListener("scroll", scrolled, { passive: true });
  new ResizeObserver(resized).observe(list);
}

const drawn = new WeakMap(); // list -> what it shows

// `place`: the room or thread; `version`: the same as long as nothing in it is another.
export function showMessages(list, place, version, messagesOf, frame) {
  const { store, editing } = frame;
  const shown = [version, store.viewer, editing.key, today(store)].join();
  const before = drawn.get(list);
  if (before?.place === place && before.shown === shown) return;
  drawn.set(list, { place, shown });
  const messages = messagesOf();
  const isElsewhere = before?.place !== place;
  const [atEnd, last] = [isElsewhere || isAtEnd(list), list.lastElementChild?.dataset.key]; // what goes is not laid out once more
  keep(list, items(messages, frame));
  settle(list);
  const isNew = list.lastElementChild?.dataset.key !== last;
  const isMine = messages.at(-1)?.author === frame.store.viewer;
  if (atEnd || (isNew && (isMine || !last))) toEnd(list);
}

// Those far above are laid out when they come into sight. Not the last ones: their true heights are where the end is.
function settle(list) {
  let one = list.children[list.childElementCount - LAST];
  for (; one && !one.classList.contains("settled"); one = one.previousElementSibling) one.classList.add("settled");
}

function items(messages, frame) {
  const { store, inThread } = frame;
  const date = wallOf(store.now, store.me.zone).slice(0, 10); // what a card calls tomorrow is today a day later
  const made = [];
  let [before, last] = [null, null];
  for (const message of messages) {
    const on = day(message.ts, store);
    if (on !== last && !(inThread && last === null)) made.push(divider(message, on, store));
    const isContinued = on === last && continues(before, message, store) && !(inThread && message.ts === frame.root);
    made.push(item(message, isContinued, date, frame));
    [before, last] = [message, on];
    if (inThread && message.ts === frame.root && messages.length > 1) { made.push(replyLine(messages.length - 1)); before = null; }
  }
  return made;
}

function item(message, isContinued, date, frame) {
  const { store, editing, inThread } = frame;
  const isEdited = editing.is(message);
  return {
    key: `${message.ts}/${message.only_for ?? ""}`,
    version: `${store.versionOf(message)}/${store.viewer}/${date}/${isContinued}/${isEdited}`,
    make: () => messageOf(message, { ...frame, isContinued, isEdited, inThread }),
  };
}

function continues(before, message, store) {
  const isPlain = (one) => !one.only_for && one.subtype !== "thread_broadcast" && one.subtype !== "tombstone";
  return Boolean(before) && before.author === message.author && isPlain(before) && isPlain(message)
    && clock(before.ts, store) === clock(message.ts, store);
}

function divider(message, on, store) {
  const make = () => el("div", { class: "day-line", role: "separator", "aria-label": on }, el("span", {}, on));
  return { key: `day ${on}`, version: store.viewer, make };
}

function replyLine(count) {
  const words = `${count} ${count === 1 ? "reply" : "replies"}`;
  return { key: "replies", version: words, make: () => el("div", { class: "reply-line" }, el("span", {}, words)) };
}
