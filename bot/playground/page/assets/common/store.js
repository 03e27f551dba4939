// What the page knows, and what its viewer has read. Nothing here touches the document.
import { Timeline, isReply } from "./timeline.js";

const LANES = 8;
const NO_FEATURES = { description: "", commands: [], shortcuts: [], prompts: [], home: false };
const NO_WORKSPACE = { name: "Acme", has_bot: true, doors: [] };
const isFor = (person) => (message) => !message.only_for || message.only_for === person;

export class Store {
  constructor({ viewer = null, channel = null, thread = null, read = {} } = {}) {
    Object.assign(this, { ready: false, viewer, channel, thread });
    this.read = read; // viewer -> room -> the last ts that was seen
    this.counts = new Map(); // "viewer/room" -> { unread, mentions }
    this.said = new Timeline();
    [this.rooms, this.people, this.stacks, this.homes, this.scheduled] = [new Map(), new Map(), {}, {}, []];
    this.listeners = new Map();
  }

  // Kinds: state, viewer, place, message, room, views, calendar, world, scheduled, why, play. Returns what stops it.
  on(kind, callback) {
    const all = this.listeners.get(kind) ?? this.listeners.set(kind, new Set()).get(kind);
    all.add(callback);
    return () => all.delete(callback);
  }

  tell(kind, what) {
    for (const callback of this.listeners.get(kind) ?? []) callback(what);
  }

  load(state) {
    this.people = new Map(state.people.map((one) => [one.id, one]));
    this.lanes = new Map(state.people.map((one, n) => [one.id, n % LANES]));
    [this.bot, this.command] = [state.bot, state.command];
    this.workspace = { ...NO_WORKSPACE, ...state.workspace };
    this.features = { ...NO_FEATURES, ...state.features };
    [this.menu, this.groups] = [state.menu ?? [], state.groups ?? []];
    [this.stacks, this.homes, this.scheduled] = [state.stacks ?? {}, state.homes ?? {}, state.scheduled ?? []];
    this.#setWorld({ now: state.now, ...state.clock, switches: state.switches ?? {} });
    this.rooms = new Map(state.rooms.map((one) => [one.id, one]));
    this.said = new Timeline(state.messages, this.said.counter);
    this.counts.clear();
    if (!this.people.has(this.viewer)) this.viewer = state.people[0].id;
    this.#settle();
    this.ready = true;
    this.tell("state");
  }

  world(world) {
    this.#setWorld(world);
    this.tell("world");
  }

  later(scheduled) {
    this.scheduled = scheduled;
    this.tell("scheduled");
  }

  views({ person, stack, home }) {
    this.stacks[person] = stack ?? [];
    if (home !== undefined) this.homes[person] = home;
    this.tell("views", person);
  }

  apply(change) {
    if (change.kind === "room") this.rooms.set(change.room.id, change.room);
    else if (change.kind === "message") this.#put(change.message);
    else if (change.kind === "gone") this.#drop(change.message);
  }

  speakAs(person) {
    const wasDm = this.channel === this.me.dm;
    this.viewer = person;
    if (wasDm) [this.channel, this.thread] = [this.me.dm, null];
    this.#settle();
    this.tell("viewer");
  }

  go(channel, thread = null) {
    [this.channel, this.thread] = [channel, thread];
    this.tell("place");
  }

  has(message) {
    return this.said.has(message);
  }

  // An ephemeral message is put away by its reader alone; nobody else is told.
  dismiss(message) {
    this.#drop(message);
  }

  get me() {
    return this.people.get(this.viewer);
  }

  get isDm() {
    return this.channel === this.me.dm;
  }

  get now() {
    return this.clock.standing ? this.clock.now : Date.now() + this.skew;
  }

  laneOf(id) {
    return this.lanes.get(id) ?? null;
  }

  nameOf(id) {
    return id === this.bot.id ? this.bot.name : (this.people.get(id)?.name ?? this.groups.find((one) => one.id === id)?.handle ?? id);
  }

  // The channels that the viewer may see: somebody from outside sees shared ones only.
  get channels() {
    const isOutside = this.me.standing === "stranger" && [...this.rooms.values()].some((one) => one.shared);
    return [...this.rooms.values()].filter((one) => !one.partner && (!isOutside || one.shared));
  }

  // The channels and the viewer's own direct messages.
  get seenRooms() {
    const dm = this.rooms.get(this.me.dm);
    return dm ? [...this.channels, dm] : this.channels;
  }

  topOf(channel) {
    return this.said.room(channel).filter(isFor(this.viewer));
  }

  threadOf(channel, root) {
    if (!root) return [];
    const first = this.said.find(channel, root, this.viewer);
    return [...(first ? [first] : []), ...this.said.replies(channel, root).filter(isFor(this.viewer))];
  }

  repliesTo(message) {
    return this.said.replies(message.channel, message.ts).filter(isFor(this.viewer));
  }

  versionOf(message) {
    return this.said.versionOf(message);
  }

  // Whether there was anything to read.
  markRead(channel) {
    const last = this.said.room(channel).at(-1)?.ts ?? "";
    const seen = (this.read[this.viewer] ??= {});
    if (last <= (seen[channel] ?? "") && !this.unread(channel).unread) return false;
    seen[channel] = last;
    this.counts.set(`${this.viewer}/${channel}`, { unread: 0, mentions: 0 });
    return true;
  }

  unread(channel) {
    const key = `${this.viewer}/${channel}`;
    if (!this.counts.has(key)) this.counts.set(key, this.#counted(this.viewer, channel));
    return this.counts.get(key);
  }

  #counted(person, channel) {
    const seen = this.read[person]?.[channel] ?? "";
    const count = { unread: 0, mentions: 0 };
    const list = this.said.room(channel);
    for (let at = list.length - 1; at >= 0 && list[at].ts > seen; at -= 1) this.#count(count, person, list[at]);
    return count;
  }

  #count(count, person, message) {
    if (message.author === person || !isFor(person)(message)) return;
    count.unread += 1;
    if (message.text.includes(`<@${person}>`)) count.mentions += 1;
  }

  #put(message) {
    const isNew = !this.has(message);
    this.said.put(message);
    if (!isNew || (isReply(message) && message.subtype !== "thread_broadcast")) return;
    for (const person of this.people.keys()) {
      const count = this.counts.get(`${person}/${message.channel}`);
      if (count) this.#count(count, person, message);
    }
  }

  #drop(message) {
    this.said.drop(message);
    for (const person of this.people.keys()) this.counts.delete(`${person}/${message.channel}`);
  }

  #setWorld({ now, standing = false, start = null, switches }) {
    this.clock = { now: Date.parse(now), standing, start: start && Date.parse(start) };
    this.skew = this.clock.now - Date.now();
    if (switches) this.switches = switches;
  }

  // A room that the viewer cannot see, or a thread that is gone, is left.
  #settle() {
    const mine = [...this.channels.map((one) => one.id), this.me.dm];
    if (!mine.includes(this.channel)) {
      this.channel = this.channels.find((one) => one.bot_is_member)?.id ?? this.me.dm;
      this.thread = null;
    }
    if (!this.threadOf(this.channel, this.thread).length) this.thread = null;
  }
}
