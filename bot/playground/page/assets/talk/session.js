// What an agent does in the session under a message, and the way to stop it.
import { el } from "../common/dom.js";

const WORDS = { processing: "Working…", suspended: "Waiting for you" };

export function sessionOf(message, { store, deeds }) {
  const words = WORDS[message.session];
  if (!words || message.author !== store.viewer) return null;
  const stop = (event) => {
    event.currentTarget.setAttribute("aria-busy", "true");
    deeds.stop(message).catch(() => {});
  };
  const isWorking = message.session === "processing";
  return el("p", { class: `session ${message.session}` }, el("span", { role: "status" }, words),
    isWorking ? el("button", { type: "button", class: "button", "aria-label": `Stop ${store.bot.name}`, on: { click: stop } }, "Stop") : null);
}
