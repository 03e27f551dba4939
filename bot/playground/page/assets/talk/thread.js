// The thread that stands beside its room.
import { isReply } from "../common/timeline.js";
import { showMessages } from "./messages.js";

const byId = (id) => document.getElementById(id);

export class Thread {
  constructor(store, frame, { close }) {
    Object.assign(this, { store, frame });
    byId("thread-close").addEventListener("click", close);
    byId("thread-back").addEventListener("click", close);
    byId("thread").addEventListener("keydown", (event) => { if (event.key === "Escape" && !event.defaultPrevented) close(); });
  }

  draw() {
    const { store } = this;
    byId("thread").hidden = store.thread === null;
    document.body.classList.toggle("has-thread", store.thread !== null);
    const title = store.said.find(store.channel, store.thread)?.session_title;
    byId("thread-about").textContent = title || (store.isDm ? store.bot.name : `# ${store.rooms.get(store.channel)?.name ?? ""}`);
    document.querySelector(".also").hidden = store.isDm;
    const messages = () => store.threadOf(store.channel, store.thread);
    const version = store.said.versionOfThread(store.channel, store.thread);
    showMessages(byId("thread-messages"), `${store.channel}/${store.thread}`, version, messages, { ...this.frame, inThread: true, root: store.thread });
  }

  // A card comes as a reply: the thread of what the viewer asked opens by itself, in place of an older one's,
  // unless something is being typed there.
  wants(message) {
    const { store } = this;
    const root = message.thread_ts;
    if (!message.by_bot || !isReply(message) || message.channel !== store.channel || root === store.thread) return false;
    if (message.only_for && message.only_for !== store.viewer) return false;
    const mine = store.topOf(store.channel).filter((one) => one.author === store.viewer);
    const isMine = message.only_for === store.viewer || mine.some((one) => one.ts === root);
    const isFree = store.thread === null || (root === mine.at(-1)?.ts && !byId("composer-thread").value);
    return isMine && isFree;
  }
}
