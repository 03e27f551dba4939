// Days and times, with the browser's own controls. A date and time in one is on the reader's wall clock.
import { instantOf, wallOf } from "../common/dates.js";
import { el } from "../common/dom.js";
import { begun, changed } from "./acting.js";
import { focused, named, nextId, wordsOf } from "./words.js";

const PAUSE = 700; // ms: a day typed is several changes, and the app wants to hear of the last

function picker(element, block, ctx, { type, first, read, show, about, otherwise, limits = {} }) {
  let before = begun(element, block, ctx, first);
  let timer;
  const id = nextId();
  const names = named(element, ctx, wordsOf(element.placeholder) || otherwise);
  const described = [names["aria-describedby"], about ? id : null].filter(Boolean).join(" ");
  const field = el("input", {
    type, class: "bk-field", ...limits, ...names, "aria-describedby": described || null, ...focused(element, ctx),
    on: { input: keep, change: soon, blur: settle, keydown: (event) => event.key === "Enter" && settle() },
  });
  field.value = before ? show(before) : "";
  const standing = () => (field.value && field.checkValidity() ? read(field.value) : null);

  function keep() { ctx.form.set(block.block_id, element.action_id, standing()); }
  function soon() { clearTimeout(timer); timer = setTimeout(settle, PAUSE); }
  async function settle() {
    clearTimeout(timer);
    const [chosen, was] = [standing(), before];
    if (JSON.stringify(chosen) === JSON.stringify(was) || (field.value && !chosen)) return;
    before = chosen;
    if (await changed(field, element, block, ctx, chosen, was)) return;
    before = was;
    field.value = was ? show(was) : "";
  }
  return el("span", { class: "bk-picker" }, field, about ? el("span", { class: "bk-about", id }, about) : null);
}

const datepicker = (element, block, ctx) => picker(element, block, ctx, {
  type: "date", limits: { min: "1900-01-01", max: "2200-12-31" }, otherwise: "Date",
  first: element.initial_date ? { date: element.initial_date } : null,
  read: (value) => ({ date: value }), show: ({ date }) => date,
});

const timepicker = (element, block, ctx) => picker(element, block, ctx, {
  type: "time", otherwise: "Time", about: element.timezone,
  first: element.initial_time ? { time: element.initial_time } : null,
  read: (value) => ({ time: value }), show: ({ time }) => time,
});

const datetimepicker = (element, block, ctx) => picker(element, block, ctx, {
  type: "datetime-local", limits: { min: "1990-01-01T00:00", max: "2200-12-31T23:59" }, otherwise: "Date and time", about: ctx.zone,
  first: element.initial_date_time ? { date_time: element.initial_date_time } : null,
  read: (value) => ({ date_time: instantOf(value, ctx.zone) / 1000 }), show: ({ date_time: at }) => wallOf(at * 1000, ctx.zone),
});

export const pickers = { elements: { datepicker, timepicker, datetimepicker } };
