// What Slack posts later by itself for whoever looks, such as reminders, each with a way to its time.
import { el, keep } from "../common/dom.js";
import { attempt } from "../common/forms.js";
import { contextOf } from "../talk/context.js";
import { mrkdwn } from "../common/mrkdwn.js";
import { hhmm, spell, wallOf } from "../common/zones.js";

const MOST = 5;
const LONG = 90; // letters of what is to come

// -> what stands in the panel, and how it is drawn anew.
export function later(store, api, told) {
  const [list, more] = [el("ul", { class: "later-list" }), el("p", { class: "quiet" })];
  const place = el("div", { class: "row later" }, el("h3", { id: "later-title" }, "Coming by itself"), list, more);
  list.setAttribute("aria-labelledby", "later-title");

  function show() {
    const mine = store.scheduled.filter((one) => one.person === null || one.person === store.viewer);
    keep(list, mine.slice(0, MOST).map((one) => item(one, store, api, told)));
    const left = mine.length - MOST;
    more.textContent = mine.length ? (left > 0 ? `and ${left} more` : "") : `Slack has been given nothing to post to ${store.me.name} later.`;
  }
  return { place, show };
}

function item(one, store, api, told) {
  const at = wallOf(Date.parse(one.at), store.me.zone);
  const when = `${spell(at.date, { weekday: "short", day: "numeric", month: "short" })}, ${hhmm(at.minutes)}`;
  const go = (event) => attempt(event.currentTarget, told, () => api.clock({ minutes: minutesTo(one, store.now) }));
  const make = () => el("li", {},
    el("div", {}, el("strong", {}, when), el("p", { class: "quiet" }, wordsOf(one, store))),
    el("button", { type: "button", "aria-label": `Go there: ${when}`, on: { click: go } }, "Go there"));
  return { key: one.id, version: `${when}/${one.text}`, make };
}

export const minutesTo = (one, now) => Math.max(1, Math.ceil((Date.parse(one.at) - now) / 60_000));

const wordsOf = (one, store) => briefly(mrkdwn(one.text.replaceAll("\n", " · "), contextOf(store, null, one)).textContent);

const briefly = (words) => (words.length > LONG ? `${words.slice(0, LONG).replace(/\s+\S*$/, "")} …` : words);
