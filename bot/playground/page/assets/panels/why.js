// Why the bot answered as it did: what it heard, what it asked Cal.com, where the time went.
import { clock } from "../common/dates.js";
import { el } from "../common/dom.js";
import { factsOf, intentWords } from "./heard.js";
import { drawCalls, drawStages } from "./stages.js";

const SHOWN = 8;
const KEPT = 200;
const KINDS = { turn: "said", press: "pressed a button", slash_command: "used the command", home_visit: "opened the Home tab", link_shared: "shared a link", data_request: "asked for what is kept" };
const NOBODYS = { booking_event: "Cal.com’s webhook", meeting_news: "news of a meeting", round: "the hourly look through a calendar", agenda: "time for an agenda", recheck: "the bot looked again by itself", letter: "a question to somebody else", returned: "an answer that came back", lapse: "the time for an answer was over" };

export function mount(root, store, api) {
  const panel = new Why(root, store, api);
  store.on("state", () => panel.load());
  store.on("why", (trace) => panel.add(trace));
  for (const kind of ["place", "viewer"]) store.on(kind, () => panel.draw());
  new ResizeObserver(() => panel.draw()).observe(root); // it is drawn when it comes into sight
  if (store.ready) panel.load();
}

class Why {
  constructor(root, store, api) {
    Object.assign(this, { root, store, api, traces: [] });
    this.where = el("p", { class: "quiet" });
    this.list = el("ol", { class: "traces" });
    this.idle = el("p", { class: "quiet" });
    root.replaceChildren(el("h2", {}, "Why it said that"), this.where, this.list, this.idle);
  }

  async load() {
    const answer = await this.api.why().catch(() => null);
    if (!answer) return;
    this.traces = answer.traces ?? answer;
    this.draw();
  }

  add(trace) {
    this.traces = [...this.traces.filter((one) => one.id !== trace.id), trace].slice(-KEPT);
    this.draw();
  }

  // Cal.com's news belong to no room: they are shown where their messages are, in direct messages.
  isHere(trace) {
    const { channel, thread, isDm } = this.store;
    if (!trace.channel) return isDm;
    return trace.channel === channel && (!thread || trace.thread === thread);
  }

  draw() {
    if (!this.root.checkVisibility() || !this.store.ready) return; // closed, it costs nothing
    const { thread, isDm } = this.store;
    const place = thread ? "this thread" : isDm ? "these direct messages" : "this channel";
    const all = this.traces.filter((one) => this.isHere(one));
    const here = all.filter((one) => !isIdle(one)).reverse().slice(0, SHOWN);
    this.where.textContent = here.length ? `What was last heard in ${place}, newest first.` : `Nothing was heard in ${place} yet. Say something to the bot.`;
    const old = new Map([...this.list.children].map((one) => [one.dataset.trace, one]));
    this.list.replaceChildren(...here.map((trace) => old.get(trace.id) ?? traceOf(trace, this.store)));
    const idle = all.filter(isIdle).length;
    this.idle.textContent = idle ? `${idle} more ${idle === 1 ? "delivery" : "deliveries"} by Slack left nothing to do: done already, or meant for others.` : "";
  }
}

// Slack delivers what mentions the bot in two ways, and may deliver anything twice: then nothing is left to do.
const isIdle = (trace) => trace.kind === "turn" && !trace.heard && !trace.calls.length;

function traceOf(trace, store) {
  const zone = store.people.get(trace.person)?.zone ?? store.me.zone;
  const at = clock(Date.parse(trace.at), zone);
  const who = NOBODYS[trace.kind] ?? `${store.nameOf(trace.person)} ${KINDS[trace.kind] ?? trace.kind}`;
  const frame = trace.heard;
  return el("li", { class: "trace", "data-trace": trace.id, "data-kind": trace.kind },
    el("p", { class: "quiet" }, `${who}, ${at}`),
    frame ? el("h3", {}, intentWords(frame)) : null,
    frame ? factsOf(frame, store, zone) : null,
    listOf("Matched", trace.because.map((one) => el("code", {}, one)), "chips"),
    listOf("Supplied, not said", trace.implied.map((one) => el("code", {}, one)), "chips"),
    listOf("Or was meant", trace.alternatives.map((one) => el("div", {}, intentWords(one), factsOf(one, store, zone)))),
    drawCalls(trace.calls),
    drawStages(trace.stages, trace.total_ms),
    frame ? jsonOf(frame) : null);
}

const listOf = (title, items, look) =>
  items.length ? el("section", { class: "noted" }, el("h4", {}, title), el("ul", { class: look ?? "plain" }, ...items.map((one) => el("li", {}, one)))) : null;

function jsonOf(frame) {
  const json = JSON.stringify(frame, null, 2);
  const text = el("pre", { tabindex: "0", "aria-label": "The frame as JSON" }, json);
  const told = el("span", { class: "quiet", role: "status" });
  const copy = () => navigator.clipboard.writeText(json).then(() => { told.textContent = "Copied."; }, () => select(text, told));
  return el("details", {}, el("summary", {}, "The frame as JSON"), el("p", {}, el("button", { type: "button", on: { click: copy } }, "Copy"), " ", told), text);
}

// Where the clipboard may not be written to, the text is ready to be copied.
function select(text, told) {
  getSelection().selectAllChildren(text);
  told.textContent = "Selected: copy it with the keyboard.";
}
