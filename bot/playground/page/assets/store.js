// What the page knows, and what its viewer has read. Nothing here touches the document.

const keyOf = (message) => `${message.channel}/${message.ts}/${message.only_for ?? ""}`;

export class Store {
  constructor() {
    this.ready = false;
    this.viewer = null;
    this.channel = null;
    this.thread = null; // the root's ts
    this.read = {}; // viewer -> room -> the last ts that was seen
    this.messages = new Map();
    this.rooms = new Map();
  }

  load(state) {
    this.people = new Map(state.people.map((one) => [one.id, one]));
    this.bot = state.bot;
    this.command = state.command;
    this.skew = Date.parse(state.now) - Date.now();
    this.rooms = new Map(state.rooms.map((one) => [one.id, one]));
    this.messages = new Map(state.messages.map((one) => [keyOf(one), one]));
    this.viewer = this.people.has(this.viewer) ? this.viewer : state.people[0].id;
    if (!this.rooms.has(this.channel)) this.channel = state.rooms.find((one) => one.bot_is_member)?.id;
    if (!this.threadOf(this.channel, this.thread).length) this.thread = null;
    this.ready = true;
  }

  apply(change) {
    if (change.kind === "room") this.rooms.set(change.room.id, change.room);
    else if (change.kind === "message") this.messages.set(keyOf(change.message), change.message);
    else if (change.kind === "gone") this.messages.delete(keyOf(change.message));
  }

  has(message) {
    return this.messages.has(keyOf(message));
  }

  get me() {
    return this.people.get(this.viewer);
  }

  get now() {
    return Date.now() + this.skew;
  }

  nameOf(id) {
    return id === this.bot.id ? this.bot.name : (this.people.get(id)?.name ?? id);
  }

  seenIn(channel) {
    const seen = [...this.messages.values()].filter(
      (one) => one.channel === channel && (!one.only_for || one.only_for === this.viewer),
    );
    return seen.sort((a, b) => (a.ts < b.ts ? -1 : 1));
  }

  topOf(channel) {
    const isTop = (one) => !one.thread_ts || one.thread_ts === one.ts || one.subtype === "thread_broadcast";
    return this.seenIn(channel).filter(isTop);
  }

  threadOf(channel, root) {
    return root ? this.seenIn(channel).filter((one) => one.ts === root || one.thread_ts === root) : [];
  }

  repliesTo(message) {
    return this.threadOf(message.channel, message.ts).length - 1;
  }

  markRead(channel) {
    const last = this.seenIn(channel).at(-1);
    if (last) (this.read[this.viewer] ??= {})[channel] = last.ts;
  }

  unread(channel) {
    const seen = this.read[this.viewer]?.[channel] ?? "";
    return this.seenIn(channel).filter((one) => one.ts > seen && one.author !== this.viewer).length;
  }
}
