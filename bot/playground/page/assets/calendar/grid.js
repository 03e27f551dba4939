// A week drawn: a column a day, a lane a person, in the viewer's zone.
import { el } from "../common/dom.js";
import { addDays, hhmm, spell, wallOf } from "../common/zones.js";

const QUARTER = 15;
export const KINDS = { busy: "busy", booked: "booked", pending: "requested, not yet accepted", hold: "held for an offer" };

export const keyOf = (piece) => [piece.day, piece.person, piece.from, piece.to, piece.kind].join("/");

export const wordsOf = (piece, name) =>
  [name, piece.title || KINDS[piece.kind], piece.title ? KINDS[piece.kind] : null, `${hhmm(piece.from)}–${hhmm(piece.to)}`]
    .filter(Boolean).join(", ");

// `look`: {week, days, people, isNew(piece), now, zone, zoom}; `hands`: {open(piece), book(place), zoom(date)}.
export function drawGrid(look, hands) {
  const box = el("div", { class: "grid" }, hours());
  box.append(...look.days.map(({ day, pieces }) => column(day, pieces, look, hands)));
  return box;
}

function hours() {
  const marks = Array.from({ length: 24 }, (_, n) => el("li", {}, hhmm(n * 60)));
  return el("div", { class: "hours", "aria-hidden": "true" }, el("div", { class: "head" }), el("ol", {}, ...marks));
}

function column(day, pieces, look, hands) {
  const whole = spell(day.date, { weekday: "long", day: "numeric", month: "long" });
  const isToday = wallOf(look.now, look.zone).date === day.date;
  const shares = sharesOf(pieces);
  const list = el("ul", {}, ...pieces.map((piece) => pieceOf(piece, shares.get(piece), look, hands)));
  const field = el("div", { class: "field" }, ...openHours(day, look), list);
  if (isToday) field.append(nowLine(look));
  pressable(field, day, look, hands);
  return el("section", { class: isToday ? "day today" : "day", "aria-label": whole, "data-date": day.date },
    headOf(day, whole, isToday, look, hands), field);
}

function headOf(day, whole, isToday, look, hands) {
  const words = spell(day.date, { weekday: "short", day: "numeric" });
  const initials = look.people.map((one) => el("span", { class: `lane-${one.lane}`, title: one.name }, look.zoom ? one.name : one.name[0]));
  const zoom = () => hands.zoom(day.date);
  return el("div", { class: "head" },
    el("h3", {}, el("button", {
      type: "button", class: "plain", "aria-pressed": String(look.zoom === day.date), on: { click: zoom },
      title: look.zoom ? "Back to the week" : `Only ${whole}`, "aria-label": isToday ? `${whole}, today` : whole,
    }, words)),
    el("div", { class: "lanes", "aria-hidden": "true" }, ...initials));
}

function placed(element, from, to, lane, look, aside = 0, width = 1) {
  element.style.top = `calc(var(--hour) * ${from / 60})`;
  element.style.height = `calc(var(--hour) * ${(to - from) / 60})`;
  element.style.left = `${((lane + aside) / look.people.length) * 100}%`;
  element.style.width = `${(100 * width) / look.people.length}%`;
  return element;
}

function openHours(day, look) {
  return look.people.flatMap((one, n) => (day.open?.[one.id] ?? []).map(([from, to]) =>
    placed(el("span", { class: `open lane-${one.lane}`, "aria-hidden": "true" }), from, to, n, look)));
}

function nowLine(look) {
  const line = el("span", { class: "now", "aria-hidden": "true" });
  line.style.top = `calc(var(--hour) * ${wallOf(look.now, look.zone).minutes / 60})`;
  return line;
}

// What overlaps in one lane stands side by side: which share of it, of how many.
function sharesOf(pieces) {
  const shares = new Map();
  for (const piece of pieces) {
    const beside = pieces.filter((one) => one.person === piece.person && one.from < piece.to && one.to > piece.from);
    shares.set(piece, [beside.indexOf(piece), beside.length]);
  }
  return shares;
}

function pieceOf(piece, [share, of], look, hands) {
  const n = look.people.findIndex((one) => one.id === piece.person);
  const words = wordsOf(piece, look.people[n].name);
  const inside = [
    el("span", { class: "mark", "aria-hidden": "true" }, piece.kind === "pending" ? "?" : ""),
    el("span", { class: "name", "aria-hidden": "true" }, piece.title || (piece.kind === "busy" ? "" : KINDS[piece.kind])),
    el("span", { class: "hidden" }, words),
  ];
  const open = () => hands.open(piece);
  const isBooking = piece.booking !== undefined && piece.booking !== null;
  const item = el("li", {
    class: `piece ${piece.kind} lane-${look.people[n].lane}${look.isNew(piece) ? " new" : ""}`, title: words,
    "data-person": piece.person, "data-kind": piece.kind, "data-booking": piece.booking,
  }, isBooking ? el("button", { type: "button", on: { click: open } }, ...inside) : el("span", { class: "face" }, ...inside));
  return placed(item, piece.from, piece.to, n, look, share / of, 1 / of);
}

// Where in a day the pointer is, as a place to book: to the quarter of an hour.
function placeAt(event, field, day, look) {
  const frame = field.getBoundingClientRect();
  const share = (part, whole) => Math.min(Math.max(part / whole, 0), 0.999);
  const n = Math.floor(share(event.clientX - frame.left, frame.width) * look.people.length);
  const minutes = Math.floor((share(event.clientY - frame.top, frame.height) * 1440) / QUARTER) * QUARTER;
  return { n, owner: look.people[n].id, date: day.date, minutes };
}

function pressable(field, day, look, hands) {
  if (!look.people.length) return;
  const ghost = el("span", { class: "ghost", "aria-hidden": "true", hidden: true });
  field.append(ghost);
  const isEmpty = (event) => !event.target.closest(".piece");
  field.addEventListener("pointermove", (event) => {
    ghost.hidden = !isEmpty(event);
    const { n, minutes } = placeAt(event, field, day, look);
    placed(ghost, minutes, minutes + 30, n, look);
    ghost.textContent = hhmm(minutes);
  });
  field.addEventListener("pointerleave", () => { ghost.hidden = true; });
  field.addEventListener("click", (event) => { if (isEmpty(event)) hands.book(placeAt(event, field, day, look)); });
}

// What the week is to the one who looks: at the weekend the coming one is shown first.
export function weekName(monday, today) {
  const weeks = Math.floor((Date.parse(monday) - Date.parse(today)) / 604_800_000 + 6 / 7);
  const near = { "-1": "Last week", 0: "This week", 1: "Next week" };
  return near[weeks] ?? (weeks > 0 ? `In ${weeks} weeks` : `${-weeks} weeks ago`);
}

export function spanWords(days) {
  const [first, last] = [days[0].date, addDays(days[0].date, 6)];
  const isSameMonth = first.slice(0, 7) === last.slice(0, 7);
  return `${spell(first, isSameMonth ? { day: "numeric" } : { day: "numeric", month: "short" })}–${spell(last, { day: "numeric", month: "short" })}`;
}
