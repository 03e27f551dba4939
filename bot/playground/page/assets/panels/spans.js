// Times as they were heard, drawn: a line a day in the speaker's zone, with what was asked for and what was ruled out.
import { el } from "../common/dom.js";
import { addDays, hhmm, instantOf, spell, wallOf } from "../common/zones.js";

const MOST = 7; // days that are drawn
const DAY = 1440;
const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

const dateWords = (date) => spell(date, { weekday: "short", day: "numeric", month: "short" });

export function windowWords(window, zone) {
  const start = wallOf(Date.parse(window.start), zone);
  const from = `${dateWords(start.date)}, ${hhmm(start.minutes)}`;
  if (window.is_point) return `${from} exactly`;
  if (!window.end) return `from ${from} on`;
  const end = wallOf(Date.parse(window.end), zone);
  const isMidnight = end.minutes === 0 && end.date > start.date;
  const last = isMidnight ? addDays(end.date, -1) : end.date;
  if (start.minutes === 0 && isMidnight) return last === start.date ? dateWords(start.date) : `${dateWords(start.date)} to ${dateWords(last)}`;
  const to = isMidnight ? "24:00" : hhmm(end.minutes);
  return last === start.date ? `${from}–${to}` : `${from} to ${dateWords(last)}, ${to}`;
}

export const hoursWords = ({ start, end }) =>
  start === 0 ? `before ${hhmm(end)}` : end === DAY ? `from ${hhmm(start)}` : `${hhmm(start)}–${hhmm(end)}`;

export const weekdayWords = (days) => days.map((day) => WEEKDAYS[day]).join(", ");

// The stretch of one day that lies in a window, in minutes, or null.
function within(window, date, zone) {
  const [opens, closes] = [instantOf(date, 0, zone), instantOf(addDays(date, 1), 0, zone)];
  const start = Date.parse(window.start);
  const end = window.end ? Date.parse(window.end) : window.is_point ? start + 30 * 60_000 : Infinity;
  if (start >= closes || end <= opens) return null;
  return [start <= opens ? 0 : wallOf(start, zone).minutes, end >= closes ? DAY : wallOf(end, zone).minutes];
}

const crossed = ([from, to], hours) =>
  (hours.length ? hours : [{ start: 0, end: DAY }])
    .map((one) => [Math.max(from, one.start), Math.min(to, one.end)]).filter(([a, b]) => a < b);

function datesOf(when, zone) {
  const dates = new Set();
  for (const window of when.windows) {
    let { date } = wallOf(Date.parse(window.start), zone);
    for (let n = 0; n < MOST && within(window, date, zone); n += 1, date = addDays(date, 1)) dates.add(date);
  }
  return [...dates].sort().slice(0, MOST);
}

export function drawSpans(when, zone) {
  const days = datesOf(when, zone).map((date) => {
    const wanted = when.windows.map((one) => within(one, date, zone)).filter(Boolean).flatMap((one) => crossed(one, when.hours));
    const out = [...(when.without ?? []).map((one) => within(one, date, zone)).filter(Boolean), ...(when.without_hours ?? []).map((one) => [one.start, one.end])];
    return trackOf(dateWords(date), wanted, out);
  });
  if (!days.length && when.hours.length) days.push(trackOf("every day", when.hours.map((one) => [one.start, one.end]), []));
  return days.length ? el("div", { class: "spans", "aria-hidden": "true" }, ...days, scale()) : null;
}

function trackOf(words, wanted, out) {
  const bar = el("span", { class: "track" }, ...wanted.map((one) => spanOf(one, "wanted")), ...out.map((one) => spanOf(one, "ruled-out")));
  return el("div", { class: "span-day" }, el("span", {}, words), bar);
}

function spanOf([from, to], kind) {
  const span = el("span", { class: kind });
  span.style.left = `${(from / DAY) * 100}%`;
  span.style.width = `${Math.max(((to - from) / DAY) * 100, 0.7)}%`;
  return span;
}

const scale = () => el("div", { class: "span-day scale" }, el("span"), el("span", { class: "ticks" }, ...[0, 6, 12, 18, 24].map((hour) => el("span", {}, String(hour)))));
