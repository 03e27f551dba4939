// Instants in a reader's own zone, and Slack's date tokens.

const cache = new Map();

function formatter(zone, options) {
  const key = zone + JSON.stringify(options);
  if (!cache.has(key)) cache.set(key, new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options }));
  return cache.get(key);
}

export const clock = (at, zone) =>
  formatter(zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);

const dayOf = (at, zone) => formatter(zone, { dateStyle: "short" }).format(at);

const STYLES = {
  date_num: (at, zone) => formatter(zone, { year: "numeric", month: "2-digit", day: "2-digit" }).format(at),
  date_short: (at, zone) => formatter(zone, { day: "numeric", month: "short", year: "numeric" }).format(at),
  date: (at, zone) => formatter(zone, { day: "numeric", month: "long", year: "numeric" }).format(at),
  date_long: (at, zone) =>
    formatter(zone, { weekday: "long", day: "numeric", month: "long", year: "numeric" }).format(at),
  time: clock,
  time_secs: (at, zone) => formatter(zone, { timeStyle: "medium", hourCycle: "h23" }).format(at),
};

const DAY = 86_400_000;

// Slack says yesterday, today and tomorrow where a style is "pretty".
function pretty(at, zone, now) {
  const near = { yesterday: -DAY, today: 0, tomorrow: DAY };
  return Object.keys(near).find((word) => dayOf(now + near[word], zone) === dayOf(at, zone));
}

function styled(name, at, zone, now) {
  if (!name.endsWith("_pretty")) return STYLES[name]?.(at, zone) ?? `{${name}}`;
  const plain = STYLES[name.slice(0, -"_pretty".length)];
  return pretty(at, zone, now) ?? plain?.(at, zone) ?? `{${name}}`;
}

// `<!date^seconds^format^link|fallback>`, its inside already split.
export function dateToken(seconds, format, { zone, now }) {
  const at = Number(seconds) * 1000;
  if (!Number.isFinite(at)) return null;
  return format.replace(/\{(\w+)\}/g, (_, name) => styled(name, at, zone, now));
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
