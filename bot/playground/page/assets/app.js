// Joins it all: the store, the stream, the panes and what the viewer does.
import { mount as mountCalendar } from "./calendar/calendar.js";
import * as api from "./common/api.js";
import { drawIcons } from "./common/icons.js";
import { remember, rememberRead, remembered } from "./common/memory.js";
import { mrkdwn } from "./common/mrkdwn.js";
import { Store } from "./common/store.js";
import { worldTime } from "./common/times.js";
import { announce, done, failed, well } from "./common/toast.js";
import { mount as mountClock } from "./panels/clock.js";
import { mount as mountHints } from "./panels/hints.js";
import { mount as mountTrouble } from "./panels/trouble.js";
import { mount as mountWhy } from "./panels/why.js";
import { listen, showHelp } from "./shell/keys.js";
import { Panes } from "./shell/panes.js";
import { mount as mountPlaying } from "./shell/playing.js";
import { Sidebar } from "./shell/sidebar.js";
import { Workspaces } from "./shell/workspaces.js";
import { Composer } from "./talk/composer.js";
import { contextOf } from "./talk/context.js";
import { Deeds } from "./talk/deeds.js";
import { Editing } from "./talk/editing.js";
import { stick, toEnd } from "./talk/messages.js";
import { Room } from "./talk/room.js";
import { Thread } from "./talk/thread.js";
import { Views } from "./talk/views.js";

const byId = (id) => document.getElementById(id);
const store = new Store(remembered());
const deeds = new Deeds(store);
const panes = new Panes();
const editing = new Editing(draw);
const frame = { store, deeds, editing, openThread, dismiss: (message) => { store.dismiss(message); draw(); } };
const sidebar = new Sidebar(store, { go, speakAs, translate });
const workspaces = new Workspaces(store, { ask: askToConnect, connectAll });
const room = new Room(store, deeds, frame, { write, toPane: (name) => panes.toPane(name) });
const thread = new Thread(store, frame, { close: closeThread });
const views = new Views(store, deeds);
const channelBox = new Composer("channel", store, deeds, {
  place: () => store.channel, send: (text, files) => deeds.say(text, { files }), editLast: (back) => editLast(store.topOf(store.channel), back), inThread: false,
});
const threadBox = new Composer("thread", store, deeds, {
  place: () => `${store.channel}/${store.thread}`, send: reply, editLast: (back) => editLast(store.threadOf(store.channel, store.thread), back), inThread: true,
});
let drawing = false;

function draw() {
  if (drawing || !store.ready) return;
  drawing = true;
  queueMicrotask(() => {
    drawing = false;
    remember(store);
    if (document.visibilityState === "visible" && store.markRead(store.channel)) rememberRead(store);
    sidebar.draw();
    workspaces.draw();
    room.draw();
    thread.draw();
    channelBox.draw();
    threadBox.draw();
    views.draw();
    drawWorld();
  });
}

function drawWorld() {
  const words = worldTime(store.now, store.me.zone);
  if (byId("world-time").textContent !== words) byId("world-time").textContent = words;
  document.title = `${store.isDm ? store.bot.name : `#${store.rooms.get(store.channel)?.name}`} as ${store.me.name}, slotwise playground`;
}

function go(channel) {
  well();
  room.tab = "messages";
  store.go(channel);
  if (store.isDm && store.features.home && store.workspace.has_bot) deeds.home("messages").catch(() => {}); // as Slack tells the app
  panes.toPane("room");
  draw();
  byId("composer-channel").focus();
}

function askToConnect() {
  go(store.me.dm);
  write("connect my calendar", { inThread: false });
}

function connectAll() {
  api.connect().then(() => done("Everybody has connected their own calendar."), failed);
}

function step(by) {
  const all = [...store.channels.map((one) => one.id), store.me.dm];
  go(all.at((all.indexOf(store.channel) + by) % all.length));
}

function openThread(root, { andType = true } = {}) {
  store.go(store.channel, root);
  panes.toPane("thread");
  draw();
  queueMicrotask(() => {
    toEnd(byId("thread-messages"));
    if (andType) byId("composer-thread").focus({ preventScroll: true });
    else if (!document.activeElement.checkVisibility()) byId("thread-messages").focus(); // a phone shows one of the two
  });
}

function closeThread() {
  store.go(store.channel);
  panes.toPane("room");
  draw();
  byId("composer-channel").focus();
}

function speakAs(person) {
  store.speakAs(person);
  well();
  draw();
}

// The language of the viewer's Slack, which the app answers in, too.
function translate(locale) {
  api.locale({ person: store.viewer, locale }).catch(failed);
}

// With somebody's eyes, at a room of theirs.
function look(person, channel) {
  if (store.viewer !== person) speakAs(person);
  if (store.channel === channel || !store.seenRooms.some((one) => one.id === channel)) return;
  store.go(channel);
  panes.toPane("room");
  draw();
}

function reply(text, files) {
  const broadcast = byId("also-channel").checked && !store.isDm;
  byId("also-channel").checked = false;
  return deeds.say(text, { thread: store.thread, broadcast, files });
}

// Puts words where the viewer would type them next.
function write(text, { inThread = true } = {}) {
  const isReply = inThread && store.thread !== null;
  if (!isReply) panes.toPane("room");
  const box = isReply ? threadBox : channelBox;
  box.set(text);
  box.field.focus();
}

function editLast(messages, back) {
  const mine = messages.findLast((one) => one.author === store.viewer && !one.only_for && one.subtype !== "tombstone");
  if (mine) editing.begin(mine, back);
  return Boolean(mine);
}

// A card that changes may stand far above what was just typed.
function point(message) {
  const shown = ["thread", "channel"].map((list) => document.querySelector(`#${list}-messages [data-ts="${message.ts}"]`));
  const card = shown.find(Boolean);
  if (!message.by_bot || message.channel !== store.channel || !card) return;
  card.classList.add("changed");
  setTimeout(() => card.classList.remove("changed"), 2000);
  const [here, around] = [card.getBoundingClientRect(), card.parentElement.getBoundingClientRect()];
  if (here.bottom < around.top + 40 || here.top > around.bottom - 40) card.parentElement.scrollTop += here.top - around.top;
}

function changed(change) {
  const { kind, message } = change;
  const before = message && store.said.find(message.channel, message.ts, message.only_for ?? "");
  store.apply(change);
  if (kind === "message" && !before && thread.wants(message)) openThread(message.thread_ts, { andType: false });
  if (kind === "message") readOut(message, before);
  draw();
  if (kind === "message" && before && !before.streaming) queueMicrotask(() => point(message));
}

// For those who listen: what others say where the viewer is or to the viewer alone, and what a card says now. Once.
function readOut(message, before) {
  const { author, channel, only_for, streaming, text } = message;
  if (streaming || author === store.viewer || (only_for && only_for !== store.viewer)) return;
  if (before && !before.streaming && before.text === text) return;
  if (![store.channel, store.me.dm].includes(channel)) return;
  const where = channel === store.channel ? "" : "Direct message, ";
  announce(`${where}${store.nameOf(author)}: ${mrkdwn(text.replaceAll("\n", " \n"), contextOf(store, deeds, message)).textContent}`);
}

listen({
  c: () => byId("composer-channel").focus(), k: () => panes.toggle("calendar"), w: () => panes.toggle("why"),
  t: () => byId("tool-trouble").click(), "?": showHelp,
}, step);
byId("tool-help").addEventListener("click", showHelp);
document.addEventListener("visibilitychange", draw);
document.addEventListener("compose", (event) => write(event.detail.text, event.detail));
for (const kind of ["viewer", "views", "world"]) store.on(kind, draw);
setInterval(draw, 15_000);
drawIcons(document);
for (const list of ["channel-messages", "thread-messages"]) stick(byId(list));
for (const [id, mount] of Object.entries({
  "calendar-pane": mountCalendar, "panel-why": mountWhy, "panel-trouble": mountTrouble, "panel-clock": mountClock, hints: mountHints,
})) mount(byId(id), store, api);
mountPlaying(byId("playing"), store, { look });
api.follow({
  onState: (state) => { store.load(state); draw(); document.body.dataset.ready = "yes"; },
  onChange: changed,
  onViews: (change) => store.views(change),
  onCalendar: () => store.tell("calendar"),
  onWorld: (world) => store.world(world),
  onScheduled: (scheduled) => store.later(scheduled),
  onWhy: (why) => store.tell("why", why.trace),
  onPlay: (play) => store.tell("play", play),
  onConnection: (isUp) => { if (isUp) well(); else failed({}); },
});
