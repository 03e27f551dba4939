// What stands in a room in which nothing was said yet: what it is for, and first sentences to press.
import { avatar } from "../common/avatars.js";
import { el, keep } from "../common/dom.js";
import { firstSentence } from "../panels/hints.js";

// What the app suggests now, or else in its manifest.
export function promptsOf(store) {
  if (!store.isDm) return [];
  const suggested = store.rooms.get(store.channel)?.prompts ?? [];
  return suggested.length ? suggested : store.features.prompts;
}

// On top of the messages with the app they stay within reach.
export function drawPrompts(root, store, write, isEmpty) {
  const prompts = isEmpty ? [] : promptsOf(store);
  root.hidden = !prompts.length;
  const make = ({ title, message }) => el("li", {}, el("button", { type: "button", class: "button prompt", title: message, on: { click: () => write(message) } }, title));
  keep(root, prompts.map((one) => ({ key: one.title, version: one.message, make: () => make(one) })));
}

export function drawBeginning(root, store, write) {
  const room = store.rooms.get(store.channel);
  const version = [store.channel, store.viewer, room?.bot_is_member, ...promptsOf(store).map((one) => one.message)].join();
  keep(root, [{ key: "beginning", version, make: () => beginning(store, write) }]);
}

function beginning(store, write) {
  const name = store.rooms.get(store.channel)?.name;
  const prompts = promptsOf(store);
  const example = firstSentence(store);
  const press = (text) => ({ click: () => write(text) });
  return el("div", { class: "beginning" },
    el("div", { class: "empty-head" }, store.isDm ? avatar(store, store.bot.id, "large") : el("span", { class: "avatar large sign", "aria-hidden": "true", "data-initials": "#" }),
      el("div", {}, el("h3", {}, store.isDm ? store.bot.name : name),
        el("p", { class: "quiet" }, (store.isDm && store.features.description) || "Nothing was said here yet."))),
    el("p", {}, "For example: ", el("button", { type: "button", class: "link", id: "empty-example", on: press(example) }, example)),
    prompts.length ? el("ul", { id: "prompts", class: "prompts" }, ...prompts.map(({ title, message }) =>
      el("li", {}, el("button", { type: "button", class: "button prompt", title: message, on: press(message) }, title)))) : null);
}
