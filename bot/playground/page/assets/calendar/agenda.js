// The same week as a list by day: for narrow windows and for those who listen.
import { el } from "../common/dom.js";
import { KINDS } from "./grid.js";
import { hhmm, spell } from "../common/zones.js";

export function drawList(look, hands) {
  return el("div", { class: "agenda" }, ...look.days.map(({ day, pieces }) => dayOf(day, pieces, look, hands)));
}

function dayOf(day, pieces, look, hands) {
  const whole = spell(day.date, { weekday: "long", day: "numeric", month: "long" });
  const rows = gathered(pieces).map((row) => rowOf(row, look, hands));
  const table = el("table", {},
    el("caption", { class: "hidden" }, whole),
    el("thead", { class: "hidden" }, el("tr", {}, ...["When", "Whose", "What"].map((one) => el("th", { scope: "col" }, one)))),
    el("tbody", {}, ...rows));
  return el("section", { "data-date": day.date, "aria-label": whole },
    el("h3", {}, whole), rows.length ? table : el("p", { class: "quiet" }, "Nothing."));
}

// A booking stands with everybody who takes part: here it is one line.
function gathered(pieces) {
  const rows = new Map();
  for (const piece of pieces) {
    const key = piece.booking ? `${piece.booking}` : `${piece.person}/${piece.from}/${piece.kind}`;
    const row = rows.get(key) ?? { piece, people: [] };
    row.people.push(piece.person);
    if (piece.title) row.piece = piece;
    rows.set(key, row);
  }
  return [...rows.values()].sort((a, b) => a.piece.from - b.piece.from);
}

function rowOf({ piece, people }, look, hands) {
  const of = (id) => look.people.find((one) => one.id === id);
  const what = piece.title ? `${piece.title} (${KINDS[piece.kind]})` : KINDS[piece.kind];
  const names = people.map((id) => el("span", { class: `who lane-${of(id).lane}` }, of(id).name));
  return el("tr", { class: `row ${piece.kind}${look.isNew(piece) ? " new" : ""}`, "data-kind": piece.kind, "data-booking": piece.booking },
    el("td", { class: "when" }, `${hhmm(piece.from)}–${hhmm(piece.to)}`),
    el("td", { class: "whose" }, ...names),
    el("td", {}, piece.booking ? el("button", { type: "button", class: "plain", on: { click: () => hands.open(piece) } }, what) : what));
}
