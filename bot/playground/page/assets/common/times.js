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

// A list asks for the same minutes again at every draw; a format takes longer than a look.
function kept(known, ts, zone, make) {
  const key = `${zone}/${Math.floor(Number(ts) / 60)}`;
  if (!known.has(key)) known.set(key, make(millis(ts), zone));
  return known.get(key);
}

const [clocks, days] = [new Map(), new Map()];

export const clock = (ts, store) => kept(clocks, ts, store.me.zone, wall);
export const iso = (ts) => new Date(millis(ts)).toISOString();
export const long = (ts, store) => `${spelt(millis(ts), store.me.zone)}, ${clock(ts, store)}`;
const spelt = (at, zone) => format(zone, "long", LONG).format(at);

export function day(ts, store) {
  const { zone } = store.me;
  const on = kept(days, ts, zone, spelt);
  if (on === today(store)) return "Today";
  return on === kept(days, (store.now - DAY) / 1000, zone, spelt) ? "Yesterday" : on;
}

export const today = (store) => kept(days, store.now / 1000, store.me.zone, spelt);

// "today at 10:12", as a thread's summary says it.
export function last(ts, store) {
  const on = day(ts, store);
  return `${on === "Today" || on === "Yesterday" ? on.toLowerCase() : on} at ${clock(ts, store)}`;
}

export const worldTime = (at, zone) =>
  format(zone, "world", { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);
export const localTime = (at, zone) => wall(at, zone);
export const city = (zone) => zone.split("/").at(-1).replaceAll("_", " ");
