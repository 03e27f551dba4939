// What the app says of itself, and all that it can be asked for.
import { avatar } from "../common/avatars.js";
import { el, keep } from "../common/dom.js";
import { knownCommands } from "./suggestions.js";

export function drawAbout(root, store, deeds) {
  keep(root, [{ key: "about", version: `${store.viewer}`, make: () => about(store, deeds) }]);
}

function about(store, deeds) {
  const { description, shortcuts } = store.features;
  const commands = knownCommands(store);
  return el("div", { class: "about" },
    el("div", { class: "about-head" }, avatar(store, store.bot.id, "large"),
      el("div", {}, el("h3", {}, store.bot.name), el("p", { class: "quiet" }, description))),
    commands.length ? el("h4", {}, "Commands") : null,
    commands.length ? el("dl", { class: "about-list" }, ...commands.flatMap(command)) : null,
    shortcuts.length ? el("h4", {}, "Shortcuts") : null,
    shortcuts.length ? el("dl", { class: "about-list" }, ...shortcuts.flatMap((one) => shortcut(one, deeds))) : null);
}

const command = ({ command: name, usage_hint, description }) => [
  el("dt", {}, el("code", {}, [name, usage_hint].filter(Boolean).join(" "))),
  el("dd", { class: "quiet" }, description ?? ""),
];

const shortcut = ({ name, description, type, callback_id }, deeds) => {
  const start = () => deeds.shortcut(callback_id).catch(() => {});
  const words = type === "global" ? el("button", { type: "button", class: "button", on: { click: start } }, name) : el("strong", {}, name);
  return [el("dt", {}, words), el("dd", { class: "quiet" }, [description, type === "message" ? "In a message's menu." : ""].filter(Boolean).join(" "))];
};
