// The room that is open: its head, what stands in the way, its messages; for the app itself also Home and About.
import { drawAbout } from "./about.js";
import { drawBeginning, drawPrompts } from "./beginning.js";
import { avatar } from "../common/avatars.js";
import { el } from "../common/dom.js";
import { Home } from "./home.js";
import { showMessages } from "./messages.js";
import { Tabs } from "../common/tabs.js";

const byId = (id) => document.getElementById(id);
const NAMES = { home: "Home", messages: "Messages", about: "About" };

export class Room {
  // `frame`: what a list of messages needs; `write(text)` puts words into the message box.
  constructor(store, deeds, frame, { write, toPane }) {
    Object.assign(this, { store, deeds, frame, write, tab: "messages", known: null });
    this.home = new Home(store, deeds);
    this.tabs = new Tabs(byId("tabs"), (tab) => this.show(tab));
    byId("room-back").addEventListener("click", () => toPane("side"));
  }

  show(tab) {
    this.tab = tab;
    this.draw();
    if (this.store.features.home && tab !== "about") this.deeds.home(tab).catch(() => {});
  }

  draw() {
    const { store } = this;
    if (!store.isDm) this.tab = "messages";
    this.drawHead();
    this.drawTabs();
    if (this.tab === "home") this.home.draw();
    else if (this.tab === "about") drawAbout(byId("tab-about"), store, this.deeds);
    else this.drawMessages();
  }

  drawHead() {
    const { store } = this;
    const room = store.rooms.get(store.channel);
    const words = `${store.channel}/${store.viewer}/${room?.bot_is_member}/${room?.archived}/${store.workspace.has_bot}`;
    if (words === this.known) return;
    this.known = words;
    byId("room-title").textContent = store.isDm ? store.bot.name : `# ${room?.name ?? ""}`;
    byId("room-about").textContent = store.isDm ? "Just say what you want; nobody else reads this." : (room?.shared ? "Shared with another organisation" : "");
    byId("composer-channel").placeholder = store.isDm ? `Message ${store.bot.name}` : `Message #${room?.name ?? ""}`;
    this.drawMembers(room);
    this.drawNotice(room);
  }

  drawMembers(room) {
    const { store } = this;
    const isIn = (one) => one.standing !== "stranger" || room?.shared;
    const people = store.isDm ? [] : [...store.people.values()].filter(isIn).map((one) => one.id);
    const ids = room?.bot_is_member && !store.isDm ? [store.bot.id, ...people] : people;
    const names = ids.map((id) => store.nameOf(id)).join(", ");
    const shown = ids.slice(0, 4).map((id) => avatar(store, id, "small"));
    byId("members").title = names;
    byId("members").replaceChildren(...(ids.length ? [...shown, el("span", {}, String(ids.length)), el("span", { class: "hidden" }, ` members: ${names}`)] : []));
  }

  drawNotice(room) {
    const { store, deeds } = this;
    if (!store.workspace.has_bot) return this.drawAbsence();
    const absent = room && !room.partner && !room.bot_is_member;
    byId("notice").hidden = !absent && !room?.archived;
    const invite = () => deeds.invite(room.id).then(() => byId("composer-channel").focus(), () => {});
    byId("notice").replaceChildren(...(room?.archived
      ? ["This channel is archived."]
      : [`${store.bot.name} is not in this channel. `, el("button", { type: "button", class: "button", on: { click: invite } }, "Invite it")]));
  }

  // A workspace has the bot once somebody there has added it.
  drawAbsence() {
    byId("notice").hidden = false;
    const add = el("a", { class: "button", href: "/slack/install", target: "_blank", rel: "noopener" }, "Add to Slack");
    byId("notice").replaceChildren(`${this.store.bot.name} is not in this workspace yet. `, add);
  }

  drawTabs() {
    const { store, tab } = this;
    const names = Object.keys(NAMES).filter((name) => name !== "home" || store.features.home);
    byId("tabs").hidden = !store.isDm;
    this.tabs.draw(names.map((name) => ({ name, words: NAMES[name], panel: `tab-${name}` })), tab);
    for (const name of Object.keys(NAMES)) byId(`tab-${name}`).hidden = name !== tab;
    Object.assign(byId("tab-messages"), store.isDm ? { role: "tabpanel", ariaLabel: NAMES.messages } : { role: null, ariaLabel: null });
  }

  drawMessages() {
    const { store } = this;
    const messages = () => store.topOf(store.channel);
    showMessages(byId("channel-messages"), store.channel, store.said.versionOfRoom(store.channel), messages, { ...this.frame, inThread: false });
    byId("empty").hidden = byId("channel-messages").childElementCount > 0;
    if (!byId("empty").hidden) drawBeginning(byId("empty"), store, this.write);
    drawPrompts(byId("pinned"), store, this.write, !byId("empty").hidden);
  }
}
