// Instants in a reader's own zone, and Slack's date tokens.

const cache = new Map();

function formatter(zone, options, locale = "en-GB") {
  const key = zone + locale + JSON.stringify(options);
  if (!cache.has(key)) cache.set(key, new Intl.DateTimeFormat(locale, { timeZone: zone, ...options }));
  return cache.get(key);
}

export const clock = (at, zone) =>
  formatter(zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);

const dayOf = (at, zone) => formatter(zone, { dateStyle: "short" }).format(at);

const STYLES = {
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
  date_short: { day: "numeric", month: "short", year: "numeric" },
  date: { day: "numeric", month: "long", year: "numeric" },
  date_long: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
  time: { timeStyle: "short" },
  time_secs: { timeStyle: "medium" },
};

const DAY = 86_400_000;

// Slack says yesterday, today and tomorrow where a style is "pretty".
function pretty(at, zone, now, locale) {
  const near = [-1, 0, 1].find((days) => dayOf(now + days * DAY, zone) === dayOf(at, zone));
  return near === undefined ? null : new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(near, "day");
}

function styled(name, at, { zone, now, locale }) {
  const options = STYLES[name.replace(/_pretty$/, "")];
  if (!options) return `{${name}}`;
  return (name.endsWith("_pretty") && pretty(at, zone, now, locale)) || formatter(zone, options, locale).format(at);
}

// `<!date^seconds^format^link|fallback>`, its inside already split.
export function dateToken(seconds, format, reader) {
  const at = Number(seconds) * 1000;
  if (!Number.isFinite(at)) return null;
  return format.replace(/\{(\w+)\}/g, (_, name) => styled(name, at, reader));
}

// "2026-07-14T09:30" as the wall clock in `zone` shows it at an instant in ms.
export function wallOf(at, zone) {
  const parts = formatter(zone, {
    year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  }).formatToParts(at);
  const part = (type) => parts.find((one) => one.type === type).value;
  return `${part("year")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}`;
}

// The instant, in ms, at which the clocks in `zone` show `wall`; in the hour that a change leaves out, an hour later.
export function instantOf(wall, zone) {
  const asked = Date.parse(`${wall}Z`);
  const offset = (at) => Date.parse(`${wallOf(at, zone)}Z`) - Math.floor(at / 60_000) * 60_000;
  const near = [asked - offset(asked - DAY), asked - offset(asked + DAY)];
  return near.find((at) => wallOf(at, zone) === wall) ?? near[0];
}
