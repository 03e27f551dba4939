// The world's clock: forward only, and back to the beginning.
import { el } from "../common/dom.js";
import { attempt, optionsOf, sheet } from "../common/forms.js";
import { later } from "./later.js";
import { addDays, cityOf, hhmm, instantOf, spell, wallOf, weekdayOf } from "../common/zones.js";

const [HOUR, DAY, MORNING] = [60, 1440, 510];

// Minutes until the coming Monday at 9 in a zone.
export function untilMonday(now, zone) {
  const { date, minutes } = wallOf(now, zone);
  const days = weekdayOf(date) === 0 && minutes < 540 ? 0 : 7 - weekdayOf(date);
  return Math.ceil((instantOf(addDays(date, days), 540, zone) - now) / 60_000);
}

// Minutes until it is 8:30 next in a zone: the hour at which the day's agenda comes.
export function untilMorning(now, zone) {
  const { date, minutes } = wallOf(now, zone);
  return Math.ceil((instantOf(addDays(date, minutes < MORNING ? 0 : 1), MORNING, zone) - now) / 60_000);
}

export function mount(root, store, api) {
  const [date, time] = [el("span", { class: "date" }), el("span", { class: "time" })];
  const about = el("p", { class: "quiet" });
  const told = el("p", { class: "told", role: "alert" });
  const zone = el("select", { id: "clock-zone" });
  const button = (words, body) =>
    el("button", { type: "button", on: { click: (event) => attempt(event.currentTarget, told, () => api.clock(body())) } }, words);
  const change = button("Go to an hour before it", () => ({ zone: zone.value }));
  const waiting = later(store, api, told);
  const reset = el("button", { type: "button", class: "danger", on: { click: () => askReset(api) } }, "Reset the world…");
  root.replaceChildren(el("h2", {}, "The clock"),
    el("p", { class: "world-time" }, time, date), about,
    el("div", { class: "steps", role: "group", "aria-label": "Move the clock forward" },
      button("+1 hour", () => ({ minutes: HOUR })), button("+1 day", () => ({ minutes: DAY })),
      button("Next 08:30", () => ({ minutes: untilMorning(store.now, store.me.zone) })),
      button("Monday 09:00", () => ({ minutes: untilMonday(store.now, store.me.zone) }))),
    el("div", { class: "row" }, el("label", { for: "clock-zone" }, "Next clock change in"), el("div", { class: "steps" }, zone, change)),
    waiting.place, told,
    el("div", { class: "row begin" }, el("p", { class: "quiet" }, "Begin again from the start, with nothing said and nothing booked."), reset));

  function show() {
    const at = wallOf(store.now, store.me.zone);
    time.textContent = hhmm(at.minutes);
    date.textContent = spell(at.date, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
    const stands = store.clock?.standing ? " It stands still until you move it." : " It goes on by itself.";
    about.textContent = `In ${cityOf(store.me.zone)}, ${store.me.name}’s zone.${stands}`;
  }

  function showZones(chosen) {
    const zones = [...new Set([...store.people.values()].map((one) => one.zone))];
    zone.replaceChildren(...optionsOf(zones.map((one) => [one, cityOf(one)]), chosen));
  }
  const showAll = () => { show(); waiting.show(); };
  store.on("state", () => { showZones(zone.value || store.me.zone); showAll(); });
  store.on("viewer", () => { showZones(store.me.zone); showAll(); });
  for (const kind of ["world", "scheduled"]) store.on(kind, showAll);
  setInterval(() => { if (store.ready) show(); }, 5_000);
  if (store.ready) { showZones(store.me.zone); showAll(); }
}

function askReset(api) {
  const told = el("p", { class: "told", role: "alert" });
  const begin = async (event) => { if (await attempt(event.currentTarget, told, () => api.reset())) dialog.close(); };
  const dialog = sheet("Reset the world?",
    el("p", {}, "Everything that was said and booked is gone, for every window. The clock goes back, trouble ends, and the bot remembers nothing."), told,
    el("div", { class: "answers" },
      el("button", { type: "button", on: { click: () => dialog.close() } }, "Keep it"),
      el("button", { type: "button", class: "danger", on: { click: begin } }, "Reset the world")));
}
