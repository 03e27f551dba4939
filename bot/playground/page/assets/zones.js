// Wall-clock times in a zone and the instants that they are; days as "YYYY-MM-DD", times as minutes after midnight.

const MINUTE = 60_000;
const cache = new Map();

function partsOf(at, zone) {
  if (!cache.has(zone)) {
    cache.set(zone, new Intl.DateTimeFormat("en-GB", {
      timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
    }));
  }
  return Object.fromEntries(cache.get(zone).formatToParts(at).map((part) => [part.type, part.value]));
}

export function wallOf(at, zone) {
  const { year, month, day, hour, minute } = partsOf(at, zone);
  return { date: `${year}-${month}-${day}`, minutes: Number(hour) * 60 + Number(minute) };
}

const asUtc = ({ date, minutes }) => Date.parse(`${date}T00:00:00Z`) + minutes * MINUTE;

// Twice, because the offset may be another one on the far side of a clock change.
export function instantOf(date, minutes, zone) {
  const wanted = asUtc({ date, minutes });
  const offset = (at) => asUtc(wallOf(at, zone)) - at;
  return wanted - offset(wanted - offset(wanted));
}

const pad = (n) => String(n).padStart(2, "0");

export const hhmm = (minutes) => `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;

export const minutesOf = (time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

const noon = (date) => new Date(`${date}T12:00:00Z`);

export const addDays = (date, n) => new Date(noon(date).getTime() + n * 86_400_000).toISOString().slice(0, 10);

export const daysBetween = (from, to) => Math.round((noon(to) - noon(from)) / 86_400_000);

// Monday is 0.
export const weekdayOf = (date) => (noon(date).getUTCDay() + 6) % 7;

export const spell = (date, options) => noon(date).toLocaleDateString("en-GB", { timeZone: "UTC", ...options });

export const cityOf = (zone) => zone.split("/").at(-1).replaceAll("_", " ");
