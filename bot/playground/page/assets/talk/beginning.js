// What stands in a room in which nothing was said yet: what it is for, and first sentences to press.
import { avatar } from "../common/avatars.js";
import { el, keep } from "../common/dom.js";
import { firstSentence } from "../panels/hints.js";

export function drawBeginning(root, store, write) {
  const version = [store.channel, store.viewer, store.rooms.get(store.channel)?.bot_is_member].join();
  keep(root, [{ key: "beginning", version, make: () => beginning(store, write) }]);
}

function beginning(store, write) {
  const name = store.rooms.get(store.channel)?.name;
  const prompts = store.isDm ? store.features.prompts : [];
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
