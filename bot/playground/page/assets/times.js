// When something was said, on the wall clock of the viewer.
import { clock as wall } from "./dates.js";

const formats = new Map();
const millis = (ts) => Number(ts) * 1000;

function format(zone, name, options) {
  const key = `${zone}/${name}`;
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options }));
  return formats.get(key);
}

const LONG = { weekday: "long", day: "numeric", month: "long" };
const DAY = 86_400_000;

export const clock = (ts, store) => wall(millis(ts), store.me.zone);
export const iso = (ts) => new Date(millis(ts)).toISOString();
export const long = (ts, store) => `${spelt(millis(ts), store.me.zone)}, ${clock(ts, store)}`;
const spelt = (at, zone) => format(zone, "long", LONG).format(at);

export function day(ts, store) {
  const [on, zone] = [spelt(millis(ts), store.me.zone), store.me.zone];
  if (on === spelt(store.now, zone)) return "Today";
  return on === spelt(store.now - DAY, zone) ? "Yesterday" : on;
}

// "today at 10:12", as a thread's summary says it.
export function last(ts, store) {
  const on = day(ts, store);
  return `${on === "Today" || on === "Yesterday" ? on.toLowerCase() : on} at ${clock(ts, store)}`;
}

export const worldTime = (at, zone) =>
  format(zone, "world", { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);
export const localTime = (at, zone) => wall(at, zone);
export const city = (zone) => zone.split("/").at(-1).replaceAll("_", " ");
