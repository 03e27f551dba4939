// Everybody's week beside the talk: which week, whose, drawn or listed, and hands from outside.
import { drawList } from "./agenda.js";
import { openBooking } from "./booking.js";
import { el } from "../common/dom.js";
import { drawGrid, keyOf, spanWords, weekName, wordsOf } from "./grid.js";
import { drawKinds, drawLegend, drawMenu } from "./legend.js";
import { bookFromOutside, busyFromOutside } from "./outside.js";
import { cityOf, spell, wallOf, weekdayOf } from "../common/zones.js";

const TICK = 30_000;
const NARROW = "(max-width: 40rem)";
const [SHAPE, HIDDEN] = ["calendar.shape", "calendar.hidden"];

export function mount(root, store, api) {
  const pane = new Pane(root, store, api);
  for (const kind of ["state", "calendar", "world"]) store.on(kind, () => pane.refresh());
  store.on("viewer", () => pane.turn(0));
  setInterval(() => pane.tick(), TICK);
  if (store.ready) pane.refresh();
}

// A booking's button is the same wherever it is drawn; a day's has the day's name.
const keyOfButton = (one) => {
  const booking = one.closest("[data-booking]");
  return booking ? `${booking.dataset.booking}/${booking.dataset.person ?? ""}` : one.getAttribute("aria-label");
};

const keyOfOther = ({ booking, date }) => `${booking}/${date}`;

class Pane {
  constructor(root, store, api) {
    Object.assign(this, { store, api, ahead: 0, zoom: null, week: null, known: null, waiting: null, hasScrolled: false });
    this.hidden = new Set(JSON.parse(localStorage.getItem(HIDDEN) ?? "[]"));
    this.isList = (localStorage.getItem(SHAPE) ?? (matchMedia(NARROW).matches ? "list" : "grid")) === "list";
    this.parts = this.#build();
    root.replaceChildren(...Object.values(this.parts.shown));
    new ResizeObserver(() => { if (this.week && !this.hasScrolled) this.scroll(); }).observe(this.parts.week); // not while it is hidden
  }

  #build() {
    const title = el("h2", { id: "calendar-title" }, "Everybody’s week");
    const about = el("p", { class: "quiet", id: "calendar-about" });
    const now = el("button", { type: "button", id: "week-now", on: { click: () => this.turn(0) } }, "This week");
    const turn = (id, by, name, sign) =>
      el("button", { type: "button", id, "aria-label": name, title: name, on: { click: () => this.turn(this.ahead + by) } }, sign);
    const weeks = el("div", { class: "weeks", role: "group", "aria-label": "Week" },
      turn("week-back", -1, "Week before", "‹"), now, turn("week-next", 1, "Week after", "›"));
    const list = el("button", { type: "button", id: "as-list", "aria-pressed": String(this.isList), on: { click: () => this.reshape() } }, "List");
    const hands = el("div", { class: "hands", role: "group", "aria-label": "At Cal.com, not through the bot" },
      el("button", { type: "button", id: "outside-book", on: { click: () => bookFromOutside(this.store, this.api) } }, "Book from outside"),
      el("button", { type: "button", id: "outside-busy", on: { click: () => busyFromOutside(this.store, this.api) } }, "Busy time"), list);
    const legend = el("ul", { class: "legend", id: "legend", "aria-label": "Whose calendar is seen" });
    const week = el("div", { class: "week", id: "week", tabindex: "0", role: "region", "aria-label": "Calendar of the week" });
    const kinds = el("ul", { class: "kinds", "aria-label": "What the blocks mean" }, ...drawKinds());
    const menu = el("dl", { class: "menu" });
    const types = el("details", { class: "types" }, el("summary", {}, "What can be booked with whom"),
      el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "What can be booked" }, menu));
    const news = el("p", { class: "hidden", role: "status", "aria-live": "polite" });
    const head = el("header", { class: "calendar-head" }, title, weeks, about);
    const elsewhere = el("button", { type: "button", id: "week-of-change", hidden: true, on: { click: () => this.turn(this.elsewhere.ahead) } });
    head.append(elsewhere);
    return { title, about, now, list, legend, week, menu, news, elsewhere, shown: { head, hands, legend, week, kinds, types, news } };
  }

  turn(ahead) {
    [this.ahead, this.known, this.zoom, this.elsewhere] = [ahead, null, null, null];
    this.refresh();
  }

  reshape() {
    this.isList = !this.isList;
    localStorage.setItem(SHAPE, this.isList ? "list" : "grid");
    this.parts.list.setAttribute("aria-pressed", String(this.isList));
    this.hasScrolled = false;
    this.draw();
  }

  toggle(person) {
    if (!this.hidden.delete(person)) this.hidden.add(person);
    localStorage.setItem(HIDDEN, JSON.stringify([...this.hidden]));
    this.draw();
  }

  // Several changes in a moment are one look.
  refresh() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.load(), 30);
  }

  async load() {
    const asked = `${this.store.viewer}/${this.ahead}`;
    const week = await this.api.week(this.store.viewer, this.ahead).catch(() => null);
    if (asked !== `${this.store.viewer}/${this.ahead}`) return;
    if (!week) { this.parts.about.textContent = "The calendar cannot be read just now."; return; }
    const before = this.known?.asked === asked ? this.known.keys : null;
    this.week = week;
    this.fresh = week.pieces.filter((piece) => before && !before.has(keyOf(piece)));
    this.elsewhere = this.changedElsewhere(week, asked);
    this.known = { asked, keys: new Set(week.pieces.map(keyOf)), away: new Set(week.elsewhere.map(keyOfOther)) };
    this.draw();
    this.announce();
    this.fresh = []; // shown once
  }

  // What is booked for another week would else be booked unseen. It is pointed to until one goes there or it is gone.
  changedElsewhere({ elsewhere }, asked) {
    const away = this.known?.asked === asked ? this.known.away : null;
    const same = (one) => this.elsewhere && keyOfOther(one) === keyOfOther(this.elsewhere);
    return elsewhere.findLast((one) => away && !away.has(keyOfOther(one))) ?? elsewhere.find(same) ?? null;
  }

  // The now-line and everybody's time go on; nothing that is being used is drawn anew.
  tick() {
    if (!this.week || document.visibilityState !== "visible") return;
    this.drawLegend();
    const { date, minutes } = wallOf(this.store.now, this.week.zone);
    const line = this.parts.week.querySelector(".now");
    if (line && line.closest("[data-date]").dataset.date !== date) this.refresh();
    else if (line) line.style.top = `calc(var(--hour) * ${minutes / 60})`;
  }

  get members() {
    const all = [...this.store.people.values()].filter((one) => one.standing === "member");
    return all.map((one, n) => ({ ...one, lane: this.store.laneOf?.(one.id) ?? n % 8 }));
  }

  draw() {
    if (!this.week) return;
    const people = this.members.filter((one) => !this.hidden.has(one.id));
    const look = {
      week: this.week, people, days: this.daysOf(people), zoom: this.zoom, now: this.store.now, zone: this.week.zone,
      isNew: (piece) => this.fresh?.includes(piece),
    };
    const hands = {
      open: (piece) => openBooking(this.store, this.api, piece, this.week),
      book: (place) => bookFromOutside(this.store, this.api, place),
      zoom: (date) => { this.zoom = this.zoom === date ? null : date; this.draw(); },
    };
    this.drawHead();
    this.drawLegend();
    this.parts.menu.replaceChildren(...drawMenu(this.members, this.store.menu));
    this.put(this.isList ? drawList(look, hands) : drawGrid(look, hands));
  }

  // Where one was, what had the focus and how far one had scrolled stay.
  put(drawn) {
    const { week } = this.parts;
    const [top, focused] = [week.scrollTop, document.activeElement];
    const [isHere, key] = [week.contains(focused) && focused !== week, keyOfButton(focused)];
    week.replaceChildren(drawn);
    week.classList.toggle("listed", this.isList);
    week.scrollTop = top;
    const same = isHere && [...week.querySelectorAll("button")].find((one) => keyOfButton(one) === key);
    if (isHere) (same || week).focus({ preventScroll: true });
    if (!this.hasScrolled) this.scroll();
  }

  // To where the viewer's day begins.
  scroll() {
    const { week } = this.parts;
    const hours = week.querySelector(".hours ol");
    if (!hours?.offsetHeight) return;
    const opens = this.week.days.flatMap((day) => day.open?.[this.store.viewer] ?? []).map(([from]) => from);
    const first = opens.length ? Math.min(...opens) : 8 * 60;
    week.scrollTop = (Math.max(first - 60, 0) / 1440) * hours.offsetHeight;
    this.hasScrolled = true;
  }

  // The weekend is shown when it is today or something is in it.
  daysOf(people) {
    const seen = (piece) => people.some((one) => one.id === piece.person);
    const today = wallOf(this.store.now, this.week.zone).date;
    const days = this.week.days.map((day, n) => ({ day, pieces: this.week.pieces.filter((one) => one.day === n && seen(one)) }));
    if (this.zoom) return days.filter(({ day }) => day.date === this.zoom);
    return days.filter(({ day, pieces }, n) => n < 5 || pieces.length || day.date === today);
  }

  drawHead() {
    const { title, about, now, elsewhere } = this.parts;
    const today = wallOf(this.store.now, this.week.zone).date;
    const isWeekend = weekdayOf(today) > 4;
    title.textContent = `${weekName(this.week.days[0].date, today)}, ${spanWords(this.week.days)}`;
    now.textContent = isWeekend ? "Coming week" : "This week";
    now.setAttribute("aria-pressed", String(this.ahead === 0));
    const weekend = isWeekend && this.ahead === 0 ? ` It is ${spell(today, { weekday: "long" })}: the coming week is shown.` : "";
    about.textContent = `Times in ${cityOf(this.week.zone)}, ${this.store.me.name}’s zone.${weekend}`;
    elsewhere.hidden = !this.elsewhere;
    elsewhere.textContent = this.elsewhere ? `Changed in the week of ${spell(this.elsewhere.date, { day: "numeric", month: "long" })}: show it` : "";
  }

  drawLegend() {
    const { legend } = this.parts;
    const isHere = legend.contains(document.activeElement) ? [...legend.querySelectorAll("input")].indexOf(document.activeElement) : -1;
    const isHidden = (id) => this.hidden.has(id);
    legend.replaceChildren(...drawLegend(this.members, this.store, { isHidden, toggle: (id) => this.toggle(id) }));
    if (isHere >= 0) legend.querySelectorAll("input")[isHere]?.focus({ preventScroll: true });
  }

  announce() {
    const words = this.fresh.slice(0, 3).map((piece) => wordsOf(piece, this.store.nameOf(piece.person)));
    if (this.elsewhere) words.push(this.parts.elsewhere.textContent);
    if (!words.length) return;
    const told = `In the calendar: ${words.join("; ")}`;
    if (this.parts.news.textContent !== told) this.parts.news.textContent = told;
  }
}
