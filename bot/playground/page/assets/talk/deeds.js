// What the viewer does, each as one request; what goes wrong is said, and thrown on for who must know.
import * as api from "../common/api.js";
import { failed, well } from "../common/toast.js";

async function tried(request) {
  try {
    const answer = await request;
    well();
    return answer;
  } catch (error) {
    failed(error);
    throw error;
  }
}

export class Deeds {
  constructor(store) {
    this.store = store;
  }

  // Slack knows a person's own direct messages by the person.
  #here() {
    const { viewer, channel, isDm } = this.store;
    return { person: viewer, channel: isDm ? viewer : channel };
  }

  say(text, { thread = null, broadcast = false, files = [] } = {}) {
    const extra = { ...(broadcast ? { broadcast } : {}), ...(files.length ? { files } : {}) };
    const named = /^(\/[\w-]+)\s*([\s\S]*)$/.exec(text);
    if (named && !thread) return this.command(named[1], named[2]);
    return tried(api.say({ ...this.#here(), text: this.#withRooms(text), thread_ts: thread, ...extra }));
  }

  command(command, text) {
    if (this.store.me.standing === "stranger") return tried(Promise.reject(new Error("no commands")));
    return tried(api.command({ ...this.#here(), command, text }));
  }

  edit(message, text) {
    return tried(api.edit({ ...this.#at(message), text: this.#withRooms(text) }));
  }

  remove(message) {
    return tried(api.remove(this.#at(message)));
  }

  invite(channel) {
    return tried(api.invite({ person: this.store.viewer, channel }));
  }

  act(source, block_id, action_id, chosen, state) {
    return tried(api.act({ ...this.#at(source), block_id, action_id, chosen, state }));
  }

  options(source, block_id, action_id, query) {
    return tried(api.options({ ...this.#at(source), block_id, action_id, query })).then((answer) => answer.options);
  }

  submit(view, state) {
    return api.submit({ person: this.store.viewer, view, state });
  }

  close(view, whole = false) {
    return tried(api.close({ person: this.store.viewer, view, whole }));
  }

  home(tab) {
    return tried(api.home({ person: this.store.viewer, tab }));
  }

  shortcut(callback_id, message = null) {
    return tried(api.shortcut({ person: this.store.viewer, callback_id, ...(message ? { channel: message.channel, ts: message.ts } : {}) }));
  }

  stop(message) {
    return tried(api.stop(this.#at(message)));
  }

  // A channel's name becomes a link to it before it is sent, as in Slack.
  #withRooms(text) {
    const ids = new Map(this.store.channels.map((one) => [one.name, one.id]));
    return text.replace(/(^|[\s(])#([\w-]+)/g, (all, gap, name) => (ids.has(name) ? `${gap}<#${ids.get(name)}>` : all));
  }

  // A message has its place, a view its id.
  #at(source) {
    const place = source.ts ? { channel: source.channel, ts: source.ts } : { view: source.id };
    return { person: this.store.viewer, ...place };
  }
}
