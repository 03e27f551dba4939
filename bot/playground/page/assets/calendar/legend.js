// Whose colour is whose, what time it is there, who is to be seen, and what can be booked with whom.
import { clock } from "../common/dates.js";
import { el } from "../common/dom.js";
import { KINDS } from "./grid.js";
import { cityOf } from "../common/zones.js";

export function drawLegend(people, store, { isHidden, toggle }) {
  return people.map((one) => el("li", { class: `lane-${one.lane}` },
    el("label", {},
      el("input", { type: "checkbox", checked: !isHidden(one.id), on: { change: () => toggle(one.id) } }),
      el("span", {}, one.name)),
    el("time", { class: "quiet", title: `Time in ${cityOf(one.zone)}` }, clock(store.now, one.zone))));
}

export const drawKinds = () =>
  Object.entries(KINDS).map(([kind, words]) => el("li", { class: `lane-0` },
    el("span", { class: `swatch ${kind}`, "aria-hidden": "true" }, el("span", { class: "mark" }, kind === "pending" ? "?" : "")), words));

export const lengthOf = (type) => `${(type.lengths?.length ? type.lengths : [type.minutes]).join(", ")} min`;

export function drawMenu(people, menu) {
  return people.flatMap((one) => {
    const types = menu.filter((type) => type.owner === one.id);
    return types.length ? [el("dt", { class: `lane-${one.lane}` }, one.name), ...types.map(typeOf)] : [];
  });
}

const typeOf = (type) => el("dd", {}, type.title, " ", el("span", { class: "quiet" }, lengthOf(type)),
  type.confirms ? el("span", { class: "confirms", title: "Only a request, until the host accepts it" }, "has to be accepted") : null);
