// Days as "YYYY-MM-DD" and times as minutes after midnight, as calendars are drawn and forms are filled.
import * as dates from "./dates.js";

const pad = (n) => String(n).padStart(2, "0");

export const hhmm = (minutes) => `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;

export const minutesOf = (time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

export function wallOf(at, zone) {
  const [date, time] = dates.wallOf(at, zone).split("T");
  return { date, minutes: minutesOf(time) };
}

export const instantOf = (date, minutes, zone) => dates.instantOf(`${date}T${hhmm(minutes)}`, zone);

const noon = (date) => new Date(`${date}T12:00:00Z`);

export const addDays = (date, n) => new Date(noon(date).getTime() + n * 86_400_000).toISOString().slice(0, 10);

// Monday is 0.
export const weekdayOf = (date) => (noon(date).getUTCDay() + 6) % 7;

export const spell = (date, options) => noon(date).toLocaleDateString("en-GB", { timeZone: "UTC", ...options });

export const cityOf = (zone) => zone.split("/").at(-1).replaceAll("_", " ");
