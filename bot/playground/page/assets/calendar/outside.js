// Hands from outside: what somebody does at Cal.com itself, past the bot.
import { el } from "../common/dom.js";
import { field, formOf, optionsOf, sheet } from "../common/forms.js";
import { lengthOf } from "./legend.js";
import { addDays, cityOf, hhmm, instantOf, minutesOf, wallOf, weekdayOf } from "../common/zones.js";

const HOW = "Done at Cal.com, not through the bot. Cal.com’s webhook then tells the bot.";

export const isoOf = (date, time, zone) => new Date(instantOf(date, minutesOf(time), zone)).toISOString();

export function timeFields(store, { date, minutes }) {
  return [
    field("Day", el("input", { type: "date", name: "date", value: date, required: true })),
    field("Time", el("input", { type: "time", name: "time", value: hhmm(minutes), step: 300, required: true })),
    el("p", { class: "quiet zone" }, `In ${store.me.name}’s zone, ${cityOf(store.me.zone)}.`),
  ];
}

// Without a place: the viewer's next working day, late in the morning.
function soon(store) {
  let date = addDays(wallOf(store.now, store.me.zone).date, 1);
  while (weekdayOf(date) > 4) date = addDays(date, 1);
  return { date, minutes: 11 * 60 };
}

function ownersOf(store) {
  const members = [...store.people.values()].filter((one) => one.standing === "member");
  return members.map((one) => [one.id, one.name]);
}

export function bookFromOutside(store, api, place = {}) {
  const start = { ...soon(store), ...place };
  const able = ownersOf(store).filter(([id]) => store.menu.some((type) => type.owner === id));
  const owner = el("select", { name: "owner" }, ...optionsOf(able, place.owner ?? store.viewer));
  const slug = el("select", { name: "slug" });
  const minutes = el("select", { name: "minutes" });
  const [slugRow, minutesRow] = [field("Event type", slug), field("Length", minutes)];
  const types = () => store.menu.filter((type) => type.owner === owner.value);
  const showLengths = () => {
    const type = types().find((one) => one.slug === slug.value);
    const lengths = type?.lengths?.length ? type.lengths : [];
    minutes.replaceChildren(...optionsOf(lengths.map((one) => [String(one), `${one} min`]), String(type?.minutes)));
    minutesRow.hidden = lengths.length < 2;
  };
  const showTypes = () => {
    slug.replaceChildren(...optionsOf(types().map((type) => [type.slug, typeWords(type)]),
      types().some((type) => type.slug === "meeting") ? "meeting" : undefined));
    showLengths();
  };
  owner.addEventListener("change", showTypes);
  slug.addEventListener("change", showLengths);
  showTypes();
  const deed = (said) => api.outside({
    do: "book", owner: said.owner, slug: said.slug, start: isoOf(said.date, said.time, store.me.zone),
    minutes: said.minutes ? Number(said.minutes) : null, name: said.name, email: said.email,
  });
  sheet("Book from outside", el("p", { class: "quiet" }, HOW), formOf([
    field("Whose calendar", owner), slugRow, minutesRow, ...timeFields(store, start),
    field("Visitor’s name", el("input", { name: "name", value: "Robin Visitor", required: true, maxlength: 80, autocomplete: "off" })),
    field("Visitor’s e-mail", el("input", { type: "email", name: "email", value: "robin@visitor.example", required: true, maxlength: 120, autocomplete: "off" })),
  ], "Book", deed));
}

const typeWords = (type) => `${type.title}, ${lengthOf(type)}${type.confirms ? " (has to be accepted)" : ""}`;

export function busyFromOutside(store, api, place = {}) {
  const start = { ...soon(store), ...place };
  const lengths = [15, 30, 60, 90, 120, 240, 480].map((one) => [String(one), one < 60 ? `${one} min` : `${one / 60} h`]);
  const deed = (said) => {
    const from = Date.parse(isoOf(said.date, said.time, store.me.zone));
    const end = new Date(from + Number(said.minutes) * 60_000).toISOString();
    return api.outside({ do: "busy", owner: said.owner, start: new Date(from).toISOString(), end });
  };
  sheet("Busy time", el("p", { class: "quiet" }, "Goes into the calendar that Cal.com reads, not through the bot. Nobody is told."), formOf([
    field("Whose calendar", el("select", { name: "owner" }, ...optionsOf(ownersOf(store), place.owner ?? store.viewer))),
    ...timeFields(store, start),
    field("Length", el("select", { name: "minutes" }, ...optionsOf(lengths, "60"))),
  ], "Add", deed));
}
