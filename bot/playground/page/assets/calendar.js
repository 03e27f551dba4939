// Everybody's week in the viewer's zone: a column a day, a lane a person.
import * as api from "./api.js";
import { el } from "./dom.js";

const HOUR = 28; // pixels, as in style.css
const byId = (id) => document.getElementById(id);
const pad = (n) => String(n).padStart(2, "0");
const wall = (minutes) => `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
const KINDS = { busy: "busy", booked: "booked", pending: "requested, not yet accepted" };

export class Calendar {
  constructor(store) {
    this.store = store;
    this.ahead = 0;
    this.known = null; // what was shown before, to mark what is new
    this.waiting = null;
    byId("week-back").onclick = () => this.turn(this.ahead - 1);
    byId("week-next").onclick = () => this.turn(this.ahead + 1);
    byId("week-now").onclick = () => this.turn(0);
  }

  turn(ahead) {
    this.ahead = ahead;
    this.known = null;
    this.refresh();
  }

  // Several changes in a moment are one look.
  refresh() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.load(), 30);
  }

  async load() {
    const asked = `${this.store.viewer}/${this.ahead}`;
    const week = await api.week(this.store.viewer, this.ahead).catch(() => null);
    if (week && asked === `${this.store.viewer}/${this.ahead}`) this.show(week, asked);
  }

  show(week, asked) {
    this.people = [...this.store.people.values()].filter((one) => one.standing === "member");
    const box = byId("week");
    const top = box.childElementCount ? box.scrollTop : 8 * HOUR;
    const known = this.known?.asked === asked ? this.known.keys : null;
    const shown = week.days.map((day, n) => ({ day, pieces: week.pieces.filter((one) => one.day === n) }));
    const days = shown.filter(({ pieces }, n) => n < 5 || pieces.length);
    box.replaceChildren(hours(), ...days.map(({ day, pieces }) => this.column(day, pieces, known)));
    box.scrollTop = top;
    const monday = new Date(`${week.days[0].date}T12:00:00Z`);
    const from = monday.toLocaleDateString("en-GB", { day: "numeric", month: "long", timeZone: "UTC" });
    byId("calendar-title").textContent = `Week from ${from}, ${week.zone}`;
    byId("legend").replaceChildren(...this.people.map((one, n) => el("li", { class: `lane-${n % 8}` }, one.name)));
    this.known = { asked, keys: new Set(week.pieces.map(keyOf)) };
  }

  column(day, pieces, known) {
    const date = new Date(`${day.date}T12:00:00Z`);
    const spell = (options) => date.toLocaleDateString("en-GB", { day: "numeric", timeZone: "UTC", ...options });
    const [words, whole] = [spell({ weekday: "short" }), spell({ weekday: "long", month: "long" })];
    const list = el("ul", {}, ...pieces.map((piece) => this.piece(piece, known)).filter(Boolean));
    return el("section", { class: "day", "aria-label": whole, "data-date": day.date }, el("h3", { title: whole }, words), list);
  }

  piece(piece, known) {
    const lane = this.people.findIndex((one) => one.id === piece.person);
    if (lane < 0) return null;
    const isNew = known && !known.has(keyOf(piece));
    const name = this.people[lane].name;
    const words = [name, piece.title || KINDS[piece.kind], `${wall(piece.from)}–${wall(piece.to)}`].join(", ");
    const item = el("li", {
      class: `piece ${piece.kind} lane-${lane % 8}${isNew ? " new" : ""}`, title: words,
      "data-person": piece.person, "data-kind": piece.kind,
    }, el("span", { class: "hidden" }, words));
    item.style.top = `${(piece.from / 60) * HOUR}px`;
    item.style.height = `${Math.max(((piece.to - piece.from) / 60) * HOUR - 1, 5)}px`;
    item.style.left = `${(lane / this.people.length) * 100}%`;
    item.style.width = `calc(${100 / this.people.length}% - 1px)`;
    return item;
  }
}

const keyOf = (piece) => [piece.day, piece.person, piece.from, piece.to, piece.kind].join("/");

function hours() {
  const marks = Array.from({ length: 24 }, (_, n) => el("li", {}, `${pad(n)}:00`));
  return el("div", { class: "hours", "aria-hidden": "true" }, el("h3", {}, "\u00a0"), el("ol", {}, ...marks));
}
