// The rooms, whose eyes one looks with, and how much each room has that was not read.
import { avatar } from "../common/avatars.js";
import { el, keep } from "../common/dom.js";
import { addressFor } from "../common/memory.js";
import { openMenu } from "../common/menus.js";
import { city, localTime } from "../common/times.js";

const byId = (id) => document.getElementById(id);
const LOCALES = { "en-GB": "Slack in English", "en-US": "Slack in English (US)", "de-DE": "Slack auf Deutsch" };
const STANDINGS = { guest: "a guest of this workspace", stranger: "from another organisation" };

export class Sidebar {
  constructor(store, { go, speakAs, translate }) {
    Object.assign(this, { store, go });
    byId("locale").replaceChildren(...Object.entries(LOCALES).map(([value, words]) => el("option", { value }, words)));
    byId("locale").addEventListener("change", (event) => translate(event.currentTarget.value));
    this.options = optionsPlace(byId("viewer"));
    byId("viewer").addEventListener("change", (event) => speakAs(event.currentTarget.value));
    byId("second-window").addEventListener("click", (event) => this.windows(event.currentTarget));
  }

  draw() {
    const { store } = this;
    this.drawPeople();
    keep(byId("channels"), store.channels.map((one) => this.link(one.id, one.name, el("span", { class: "sign" }, one.partner ? "" : "#"), one.shared)));
    keep(byId("dms"), [this.link(store.me.dm, store.bot.name, avatar(store, store.bot.id, "tiny"), false)]);
  }

  drawPeople() {
    const { store } = this;
    const people = [...store.people.values()];
    const minute = Math.floor(store.now / 60_000);
    keep(this.options, people.map((one) => ({ key: one.id, version: `${minute}`, make: () => this.option(one) })));
    if (byId("viewer").value !== store.viewer) byId("viewer").value = store.viewer;
    const { me } = store;
    if (byId("locale").value !== me.locale) byId("locale").value = me.locale;
    byId("viewer-about").textContent = [`${localTime(store.now, me.zone)} in ${city(me.zone)}`, STANDINGS[me.standing]].filter(Boolean).join(", ");
    if (byId("viewer-avatar").dataset.person === me.id) return;
    byId("viewer-avatar").replaceWith(Object.assign(avatar(store, me.id), { id: "viewer-avatar" }));
    byId("viewer-avatar").dataset.person = me.id;
  }

  option({ id, name, zone, standing }) {
    const { store } = this;
    const about = `${localTime(store.now, zone)} ${city(zone)}${standing === "stranger" ? ", outside" : standing === "guest" ? ", guest" : ""}`;
    return el("option", { value: id, selected: id === store.viewer }, avatar(store, id, "small"),
      el("span", { class: "option-name" }, name), el("span", { class: "option-about" }, ` ${about}`));
  }

  windows(button) {
    const { store } = this;
    const others = [...store.people.values()].filter((one) => one.id !== store.viewer);
    openMenu(button, others.map((one) => ({
      label: `Open a window as ${one.name}`, mark: avatar(store, one.id, "small"), href: addressFor(one.id),
    })));
  }

  link(id, words, sign, isShared) {
    const { store } = this;
    const [isHere, { unread, mentions }] = [id === store.channel, store.unread(id)];
    const count = id === store.me.dm ? unread : mentions;
    const make = () => el("li", {}, el("button", {
      type: "button", class: unread ? "unread" : null, "aria-current": isHere ? "page" : null, on: { click: () => this.go(id) },
    }, sign, el("span", { class: "room-name" }, words), isShared ? el("span", { class: "shared" }, "shared") : null, marks(unread, count)));
    return { key: id, version: [words, isHere, unread, count, isShared].join(), make };
  }
}

function marks(unread, count) {
  if (count) return el("span", { class: "count", "aria-label": `${count} unread` }, String(count));
  return unread ? el("span", { class: "hidden" }, ", unread") : null;
}

// Where a browser can, the list shows faces, and the closed menu the name alone.
function optionsPlace(select) {
  if (!CSS.supports("appearance", "base-select")) return select;
  const options = el("div", {});
  select.append(el("button", { type: "button" }, el("selectedcontent")), options);
  return options;
}
