// One message, and lists of them.
import { blocksOf } from "./blocks/index.js";
import { Form } from "./blocks/form.js";
import { clock } from "./dates.js";
import { el, keep } from "./dom.js";
import { mrkdwn } from "./mrkdwn.js";

export const isAtEnd = (list) => list.scrollHeight - list.scrollTop - list.clientHeight < 80;

export function showMessages(list, messages, store, { act, openThread, inThread }) {
  const atEnd = isAtEnd(list);
  const before = list.childElementCount;
  keep(list, messages.map((message) => ({
    key: `${message.ts}/${message.only_for ?? ""}`,
    version: JSON.stringify([message, store.repliesTo(message), store.viewer, inThread]),
    make: () => messageOf(message, store, { act, openThread, inThread }),
  })));
  if (atEnd || list.childElementCount !== before) list.scrollTop = list.scrollHeight;
}

function contextOf(message, store, act) {
  return {
    zone: store.me.zone,
    now: store.now,
    nameOf: (id) => store.nameOf(id),
    roomName: (id) => store.rooms.get(id)?.name,
    viewer: store.viewer,
    form: new Form(),
    act: (block_id, action_id, { option }) => act(message, pressed(message, block_id, action_id, option)),
  };
}

function pressed(message, block_id, action_id, option) {
  const block = message.blocks.find((one) => one.block_id === block_id);
  const element = [block.accessory, ...(block.elements ?? [])].find((one) => one?.action_id === action_id);
  return option === undefined ? { action_id, value: element.value ?? null } : { action_id, option };
}

function messageOf(message, store, { act, openThread, inThread }) {
  const ctx = contextOf(message, store, act);
  const kind = ["message", message.by_bot ? "by-bot" : "", message.only_for ? "whisper" : ""].join(" ");
  return el("li", { class: kind, tabindex: "-1", "data-ts": message.ts },
    message.only_for ? el("p", { class: "only-you" }, "Only visible to you") : null,
    headOf(message, store),
    el("div", { class: "body" }, ...bodyOf(message, ctx)),
    footOf(message, store, openThread, inThread));
}

function headOf(message, store) {
  const at = Number(message.ts) * 1000;
  return el("p", { class: "head" },
    el("strong", { class: "author" }, store.nameOf(message.author)),
    message.by_bot ? el("span", { class: "badge" }, "app") : null,
    el("time", { datetime: new Date(at).toISOString() }, clock(at, store.me.zone)),
    message.edited ? el("span", { class: "quiet" }, "(edited)") : null);
}

function bodyOf(message, ctx) {
  const shown = message.blocks.length ? blocksOf(message.blocks, ctx) : [el("div", {}, mrkdwn(message.text, ctx))];
  const files = message.files.map((name) => el("p", { class: "file" }, `File: ${name}`));
  return [...shown, ...files];
}

function footOf(message, store, openThread, inThread) {
  if (inThread || message.only_for) return null;
  const count = store.repliesTo(message);
  const words = count > 0 ? `${count} ${count === 1 ? "reply" : "replies"}` : "Reply in thread";
  const open = () => openThread(message.thread_ts ?? message.ts);
  return el("button", { type: "button", class: count ? "replies" : "replies none", on: { click: open } }, words);
}
