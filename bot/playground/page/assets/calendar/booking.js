// One booking, and what its people can do with it at Cal.com.
import { el } from "../common/dom.js";
import { attempt, field, formOf, sheet } from "../common/forms.js";
import { KINDS } from "./grid.js";
import { isoOf, timeFields } from "./outside.js";
import { cityOf, hhmm, spell } from "../common/zones.js";

// `piece`: what was pressed; `week`: the week that it is drawn in.
export function openBooking(store, api, piece, week) {
  const parts = week.pieces.filter((one) => one.booking === piece.booking);
  const names = [...new Set(parts.map((one) => store.nameOf(one.person)))];
  const { date } = week.days[piece.day];
  const title = parts.find((one) => one.title)?.title || `Booking of ${names.join(" and ")}`;
  const when = `${spell(date, { weekday: "long", day: "numeric", month: "long" })}, ${hhmm(piece.from)}–${hhmm(piece.to)}`;
  const outside = (deed) => api.outside({ booking: piece.booking, ...deed });
  const dialog = sheet(title,
    el("dl", { class: "facts" },
      ...fact("When", `${when} (${cityOf(week.zone)})`), ...fact("In whose calendars", names.join(", ")), ...fact("Status", KINDS[piece.kind])),
    el("p", { class: "quiet" }, "What you do here is done at Cal.com, not through the bot. Cal.com’s webhook then tells the bot."));
  if (piece.kind === "pending") dialog.append(answersOf(dialog, outside));
  dialog.append(moveOf(store, { date, minutes: piece.from }, outside), cancelOf(outside));
}

const fact = (name, words) => [el("dt", {}, name), el("dd", {}, words)];

function answersOf(dialog, outside) {
  const told = el("p", { class: "told", role: "alert" });
  const give = (answer) => async (event) => {
    if (await attempt(event.currentTarget, told, () => outside({ do: answer }))) dialog.close();
  };
  return el("section", { class: "part", "aria-label": "The host’s answer" }, el("h3", {}, "The host’s answer"), told,
    el("div", { class: "answers" },
      el("button", { type: "button", class: "danger", on: { click: give("decline") } }, "Decline"),
      el("button", { type: "button", class: "primary", on: { click: give("confirm") } }, "Accept")));
}

function moveOf(store, start, outside) {
  const deed = (said) => outside({ do: "move", start: isoOf(said.date, said.time, store.me.zone) });
  return el("section", { class: "part" }, el("h3", {}, "Move it"), formOf(timeFields(store, start), "Move", deed, { style: "usual" }));
}

function cancelOf(outside) {
  const reason = field("Reason", el("input", { name: "reason", maxlength: 200, autocomplete: "off" }), "May be left empty.");
  const deed = (said) => outside({ do: "cancel", reason: said.reason });
  return el("section", { class: "part" }, el("h3", {}, "Cancel it"), formOf([reason], "Cancel the booking", deed, { style: "danger" }));
}
