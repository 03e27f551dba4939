// The menu that stands on a message under the pointer or the focus.
import { confirmed } from "../blocks/confirm.js";
import { contextOf } from "./context.js";
import { el } from "../common/dom.js";
import { icon } from "../common/icons.js";
import { openMenu } from "../common/menus.js";

export function toolsOf(message, frame) {
  const { store, deeds, inThread, openThread, editing } = frame;
  if (message.subtype === "tombstone") return null;
  const isMine = message.author === store.viewer && !message.only_for;
  const shortcuts = message.only_for ? [] : store.features.shortcuts.filter((one) => one.type === "message");
  const tools = [
    !inThread && !message.only_for && tool("reply", "Reply in thread", () => openThread(message.thread_ts ?? message.ts)),
    isMine && tool("pencil", "Edit", () => editing.begin(message)),
    isMine && tool("bin", "Delete", () => remove(message, frame)),
    message.only_for && tool("close", "Dismiss", () => frame.dismiss(message)),
    shortcuts.length > 0 && tool("more", "More actions", (event) => openMenu(event.currentTarget, shortcuts.map((one) => ({
      label: one.name, hint: store.bot.name, act: () => deeds.shortcut(one.callback_id, message).catch(() => {}),
    }))), { "aria-haspopup": "menu" }),
  ].filter(Boolean);
  return tools.length ? el("div", { class: "message-tools", role: "group", "aria-label": "With this message" }, ...tools) : null;
}

const tool = (name, label, act, more = {}) =>
  el("button", { type: "button", class: "bare", "aria-label": label, title: label, on: { click: act }, ...more }, icon(name));

async function remove(message, { store, deeds }) {
  const text = (words) => ({ type: "plain_text", text: words });
  const wish = { title: text("Delete this message?"), text: text("Everybody loses it. It cannot be brought back."), confirm: text("Delete"), deny: text("Keep"), style: "danger" };
  if (await confirmed(wish, contextOf(store, deeds, message))) await deeds.remove(message).catch(() => {});
}
