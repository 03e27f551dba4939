// Joins it all: the store, the stream, the rooms and what the viewer does.
import * as api from "./api.js";
import { Calendar } from "./calendar.js";
import { el, keep } from "./dom.js";
import { isAtEnd, showMessages } from "./messages.js";
import { Store } from "./store.js";

const byId = (id) => document.getElementById(id);
const store = new Store();
for (const what of ["viewer", "channel", "thread"]) store[what] = sessionStorage.getItem(what); // as before a reload
const calendar = new Calendar(store);
let drawing = false;

function draw() {
  if (drawing || !store.ready) return;
  drawing = true;
  queueMicrotask(() => {
    drawing = false;
    remember();
    if (document.visibilityState === "visible") store.markRead(store.channel);
    drawSide();
    drawRoom();
    const [room, atEnd] = [byId("channel-messages"), isAtEnd(byId("channel-messages"))];
    drawThread(); // beside it the room is narrower, and its lines are more
    if (atEnd) room.scrollTop = room.scrollHeight;
  });
}

function remember() {
  for (const what of ["viewer", "channel", "thread"]) {
    if (store[what]) sessionStorage.setItem(what, store[what]);
    else sessionStorage.removeItem(what);
  }
}

const STANDINGS = { guest: ", a guest of this workspace", stranger: ", from another organisation" };

function drawSide() {
  const people = [...store.people.values()];
  if (byId("viewer").childElementCount !== people.length) {
    byId("viewer").replaceChildren(...people.map((one) => el("option", { value: one.id }, one.name)));
  }
  byId("viewer").value = store.viewer;
  byId("viewer-about").textContent = `@${store.me.handle}, ${store.me.zone}${STANDINGS[store.me.standing] ?? ""}`;
  const channels = [...store.rooms.values()].filter((one) => !one.partner);
  keep(byId("channels"), channels.map((one) => link(one.id, `# ${one.name}`)));
  keep(byId("dms"), [link(store.me.dm, store.bot.name)]);
}

function link(id, words) {
  const [isHere, unread] = [id === store.channel, store.unread(id)];
  const make = () => el("li", {}, el("button", {
    type: "button", class: unread ? "unread" : null, "aria-current": isHere ? "page" : null,
    on: { click: () => go(id) },
  }, words, unread ? el("span", { class: "count", "aria-label": `${unread} unread` }, String(unread)) : null));
  return { key: id, version: JSON.stringify([words, isHere, unread]), make };
}

function drawRoom() {
  const room = store.rooms.get(store.channel);
  const isDm = store.channel === store.me.dm;
  byId("room-title").textContent = isDm ? store.bot.name : `# ${room?.name ?? ""}`;
  byId("room-about").textContent = isDm ? "Direct messages: just say what you want." : "";
  byId("composer-channel").placeholder = isDm
    ? `30 min with @ben tomorrow afternoon`
    : `@${store.bot.name} 30 min with @ben tomorrow afternoon`;
  drawNotice(room);
  const messages = store.topOf(store.channel);
  byId("empty").hidden = messages.length > 0;
  byId("empty-example").textContent = byId("composer-channel").placeholder;
  showMessages(byId("channel-messages"), messages, store, { act, openThread, inThread: false });
}

function drawNotice(room) {
  const notice = byId("notice");
  const absent = room && !room.partner && !room.bot_is_member;
  notice.hidden = !absent && !room?.archived;
  if (notice.hidden || notice.dataset.room === `${room.id}${room.archived}`) return;
  notice.dataset.room = `${room.id}${room.archived}`;
  const invite = () => api.invite({ person: store.viewer, channel: room.id }).catch(failed);
  notice.replaceChildren(...(room.archived
    ? ["This channel is archived."]
    : [`${store.bot.name} is not in this channel. `, el("button", { type: "button", on: { click: invite } }, "Invite it")]));
}

function drawThread() {
  byId("thread").hidden = store.thread === null;
  document.body.classList.toggle("has-thread", store.thread !== null);
  const messages = store.threadOf(store.channel, store.thread);
  showMessages(byId("thread-messages"), messages, store, { act, openThread, inThread: true });
}

function go(channel) {
  well();
  [store.channel, store.thread] = [channel, null];
  delete byId("notice").dataset.room;
  draw();
  byId("composer-channel").focus();
}

function openThread(root, { andType = true } = {}) {
  store.thread = root;
  draw();
  queueMicrotask(() => {
    byId("thread").scrollIntoView({ block: "nearest" }); // in a narrow window it stands below
    if (andType) byId("composer-thread").focus({ preventScroll: true });
  });
}

function speakAs(person) {
  const wasDm = store.channel === store.me.dm;
  store.viewer = person;
  well();
  if (wasDm) [store.channel, store.thread] = [store.me.dm, null];
  draw();
  calendar.turn(0);
}

// A card comes as a reply: the thread of what the viewer asked opens by itself, in place of an older one's,
// unless something is being typed there.
function follow(message) {
  const root = message.thread_ts;
  if (!message.by_bot || !root || message.channel !== store.channel || root === store.thread) return;
  const mine = store.topOf(store.channel).filter((one) => one.author === store.viewer);
  const isMine = mine.some((one) => one.ts === root) || message.only_for === store.viewer;
  const isFree = store.thread === null || (root === mine.at(-1)?.ts && !byId("composer-thread").value);
  if (isMine && isFree) openThread(root, { andType: false });
}

// A card that changes may stand far above what was just typed.
function point(message) {
  const shown = ["thread", "channel"].map((list) => document.querySelector(`#${list}-messages [data-ts="${message.ts}"]`));
  const card = shown.find(Boolean);
  if (!message.by_bot || message.channel !== store.channel || !card) return;
  card.classList.add("changed");
  setTimeout(() => card.classList.remove("changed"), 2000);
  const [here, frame] = [card.getBoundingClientRect(), card.parentElement.getBoundingClientRect()];
  if (here.bottom < frame.top + 40 || here.top > frame.bottom - 40) card.parentElement.scrollTop += here.top - frame.top;
}

function changed(change) {
  const isNew = change.kind === "message" && !store.has(change.message);
  store.apply(change);
  if (isNew) follow(change.message);
  draw();
  if (change.kind === "message" && !isNew) queueMicrotask(() => point(change.message));
}

function act(message, what) {
  const body = { person: store.viewer, channel: message.channel, ts: message.ts, ...what };
  return api.press(body).then(well, failed);
}

async function send(text, thread) {
  const place = { person: store.viewer, channel: store.channel === store.me.dm ? store.viewer : store.channel };
  const command = /^(\/[\w-]+)\s*([\s\S]*)$/.exec(text);
  if (command && !thread && store.me.standing === "stranger") throw new Error("no commands");
  if (command && !thread) return api.command({ ...place, command: command[1], text: command[2] });
  return api.say({ ...place, text, thread_ts: thread });
}

function composer(id, threadOf) {
  const field = byId(id);
  const submit = (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (!text) return;
    field.value = "";
    send(text, threadOf()).then(well, (error) => { field.value ||= text; failed(error); });
  };
  byId(`${id}-form`).addEventListener("submit", submit);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) submit(event);
  });
}

const TROUBLES = {
  404: "There is no such command.", 409: "Slack does not allow that here.", 413: "That is too long.",
  422: "That cannot be read.", 502: "The app did not answer. Try again.",
  "no commands": "People from another organisation have no slash commands here.",
};

function well() {
  byId("trouble").textContent = "";
}

function failed(error) {
  byId("trouble").textContent = TROUBLES[error.message] ?? "The playground cannot be reached.";
}

composer("composer-channel", () => null);
composer("composer-thread", () => store.thread);
byId("viewer").addEventListener("change", (event) => speakAs(event.currentTarget.value));
byId("thread-close").addEventListener("click", () => { store.thread = null; draw(); byId("composer-channel").focus(); });
byId("thread").addEventListener("keydown", (event) => { if (event.key === "Escape") byId("thread-close").click(); });
document.addEventListener("visibilitychange", draw);
api.follow({
  onState: (state) => { store.load(state); draw(); calendar.refresh(); document.body.dataset.ready = "yes"; },
  onChange: changed,
  onCalendar: () => calendar.refresh(),
  onConnection: (isUp) => { if (isUp) well(); else failed({}); },
});
