// A frame in words: what was wanted, with whom, how long, when.
import { el } from "../common/dom.js";
import { drawSpans, hoursWords, weekdayWords, windowWords } from "./spans.js";
import { cityOf } from "../common/zones.js";

const INTENTS = {
  book: "Book a meeting", find_slots: "Find free times", list: "Show what is on", reschedule: "Move a meeting",
  cancel: "Cancel a meeting", help: "Say what it can do", pick: "Choose among what was offered", refine: "Change what is asked for",
  accept: "Accept an invitation", decline: "Decline an invitation", greeting: "Courtesy", timezone: "A question about time zones",
  share_link: "Share the booking page", undo: "Take it back", preferences: "How somebody likes to meet", connect: "Connect a calendar",
  disconnect: "Disconnect a calendar", no_show: "Somebody did not come", add_people: "Add people", change_place: "Change the place",
  running_late: "Running late", why: "Why?", more: "Show other times", yes: "Yes", no: "No", stop: "Drop it", not_understood: "Not understood",
};

export const intentWords = (frame) => INTENTS[frame.kind] ?? frame.kind;

export function factsOf(frame, store, zone) {
  const facts = [
    ["With", whoWords(frame.who, store)],
    ["Length", frame.minutes ? `${frame.minutes} min` : null],
    ["Title", frame.title],
    ["When", whenOf(frame.when, zone)],
    ["Which meeting", targetOf(frame.target, store, zone)],
    ["To", whenOf(frame.to, zone)],
    ["Shifted by", frame.shift ? `${frame.shift} min` : null],
    ["Time of day", frame.keeps_time ? "stays the same" : null],
    ["Reason", frame.reason],
    ["Choice", choiceWords(frame)],
    ["At", whenOf(frame.at, zone)],
    ["Place", frame.place],
    ["Service", frame.service],
    ["Habits", habitWords(frame.habits)],
    ["Between meetings", frame.buffer ? `${frame.buffer} min` : null],
    ["For good", frame.lasts === undefined ? null : frame.lasts ? "yes" : "only this time"],
    ["Zone", [frame.zone, frame.other].filter(Boolean).map(cityOf).join(", ")],
    ["Direction", frame.kind === "more" && frame.direction !== "any" ? frame.direction : null],
    ["Why not", frame.why === "impossible_time" ? "a day or time was named that there is not" : null],
  ];
  const said = facts.filter(([, what]) => what);
  return said.length ? el("dl", { class: "facts" }, ...said.flatMap(([name, what]) => [el("dt", {}, name), el("dd", {}, what)])) : null;
}

function habitWords(habits) {
  const days = (one) => (one.weekdays.length ? weekdayWords(one.weekdays) : "");
  return (habits ?? []).map((one) => [one.what, days(one), ...one.hours.map(hoursWords)].filter(Boolean).join(" ")).join("; ");
}

function whoWords(who, store) {
  const words = { user: (one) => store.nameOf(one.value), everyone: () => "everybody here", group: (one) => `@${store.nameOf(one.value)}` };
  return (who ?? []).map((one) => (words[one.kind] ?? (() => one.value))(one)).join(", ");
}

const choiceWords = (frame) =>
  [frame.ordinal === -1 ? "the last" : frame.ordinal ? `number ${frame.ordinal}` : null, frame.edge, frame.text].filter(Boolean).join(", ");

function targetOf(target, store, zone) {
  if (!target) return null;
  const words = [target.which && `the ${target.which} one`, target.title, target.who?.length && `with ${whoWords(target.who, store)}`].filter(Boolean).join(", ");
  const when = whenOf(target.when, zone);
  return words || when ? el("div", {}, words, when) : null;
}

function whenOf(when, speakers) {
  if (!when) return null;
  const zone = when.zone_said ? when.zone : speakers;
  const out = [
    ...(when.without ?? []).map((one) => windowWords(one, zone)), ...(when.without_hours ?? []).map(hoursWords),
    when.without_weekdays?.length ? weekdayWords(when.without_weekdays) : null,
  ].filter(Boolean);
  const hours = when.hours.map(hoursWords).join(" or ");
  return el("div", { class: "when" },
    el("ul", {}, ...when.windows.map((one) => el("li", {}, windowWords(one, zone)))),
    hours ? el("p", {}, `${hours}${when.hours_implied ? " (supplied, not said)" : ""}`) : null,
    out.length ? el("p", {}, el("span", { class: "not" }, "Not "), out.join("; ")) : null,
    drawSpans(when, zone),
    el("p", { class: "quiet" }, `In ${cityOf(zone)}${when.zone_said ? ", as was said" : ""}.`));
}
