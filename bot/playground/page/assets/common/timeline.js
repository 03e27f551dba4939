// What was said, in order: a list for each room and each thread, kept sorted, so that nothing is searched or sorted twice.

const keyOf = (message) => `${message.channel}/${message.ts}/${message.only_for ?? ""}`;
export const isReply = (message) => Boolean(message.thread_ts) && message.thread_ts !== message.ts;
const isInRoom = (message) => !isReply(message) || message.subtype === "thread_broadcast";

// Where `ts` stands or would stand in a sorted list; what is new comes mostly last.
function placeOf(list, ts) {
  let [low, high] = [0, list.length];
  if (high && list[high - 1].ts < ts) return high;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle].ts < ts) low = middle + 1;
    else high = middle;
  }
  return low;
}

function put(list, message) {
  const at = placeOf(list, message.ts);
  list.splice(at, list[at]?.ts === message.ts && list[at].only_for === message.only_for ? 1 : 0, message);
}

function drop(list, message) {
  const at = list?.findIndex((one) => keyOf(one) === keyOf(message)) ?? -1;
  if (at >= 0) list.splice(at, 1);
}

export class Timeline {
  constructor(messages = [], counter = 0) {
    this.byKey = new Map();
    this.rooms = new Map();
    this.threads = new Map(); // "channel/root" -> replies
    this.counter = counter; // goes on over a new state: no version comes twice
    this.marks = new Map(); // a message's or a thread's key -> a number that grows with every change of it
    for (const message of messages) this.put(message);
  }

  has(message) {
    return this.byKey.has(keyOf(message));
  }

  find(channel, ts, person = "") {
    return this.byKey.get(`${channel}/${ts}/${person}`) ?? this.byKey.get(`${channel}/${ts}/`);
  }

  put(message) {
    const before = this.byKey.get(keyOf(message));
    if (before && isInRoom(before) && !isInRoom(message)) drop(this.rooms.get(message.channel), before);
    this.byKey.set(keyOf(message), message);
    if (isInRoom(message)) put(this.room(message.channel), message);
    if (isReply(message)) put(this.replies(message.channel, message.thread_ts), message);
    this.mark(message);
  }

  drop(message) {
    this.byKey.delete(keyOf(message));
    drop(this.rooms.get(message.channel), message);
    if (isReply(message)) drop(this.replies(message.channel, message.thread_ts), message);
    this.mark(message);
  }

  mark(message) {
    this.counter += 1;
    this.marks.set(keyOf(message), this.counter);
    this.marks.set(message.channel, this.counter);
    this.marks.set(`${message.channel}/${message.thread_ts ?? message.ts}`, this.counter);
  }

  // A number that differs when anything in the room does, or in the thread.
  versionOfRoom(channel) {
    return this.marks.get(channel) ?? 0;
  }

  versionOfThread(channel, root) {
    return this.marks.get(`${channel}/${root}`) ?? 0;
  }

  // A text that differs when the message or its thread's summary does.
  versionOf(message) {
    return `${this.marks.get(keyOf(message))}.${this.marks.get(`${message.channel}/${message.ts}`) ?? 0}`;
  }

  room(channel) {
    if (!this.rooms.has(channel)) this.rooms.set(channel, []);
    return this.rooms.get(channel);
  }

  replies(channel, root) {
    const key = `${channel}/${root}`;
    if (!this.threads.has(key)) this.threads.set(key, []);
    return this.threads.get(key);
  }
}
