// A person's initials on their own colour, which is their lane's in the calendar; the bot's is the page's icon.
import { el } from "./dom.js";

const initials = (name) => name.split(/\s+/).slice(0, 2).map((word) => word[0] ?? "").join("").toUpperCase();

export function avatar(store, id, size = "") {
  const lane = store.laneOf(id);
  const classes = ["avatar", size, lane === null ? "app" : `lane-${lane}`].join(" ");
  const letters = lane === null ? null : initials(store.nameOf(id)); // drawn by the style sheet: they are no text
  return el("span", { class: classes, "aria-hidden": "true", "data-initials": letters },
    lane === null ? el("img", { src: "/page/icon.svg", alt: "" }) : null);
}
