// The app's Home tab, as the app put it up for the viewer.
import { blocksOf } from "../blocks/index.js";
import { contextOf } from "./context.js";
import { el, keep } from "../common/dom.js";

const byId = (id) => document.getElementById(id);

export class Home {
  constructor(store, deeds) {
    Object.assign(this, { store, deeds, view: null, version: 0 });
  }

  draw() {
    const { store } = this;
    const view = store.homes[store.viewer] ?? null;
    if (view !== this.view) [this.view, this.version] = [view, this.version + 1];
    const make = () => el("div", { class: "home card" }, ...(view ? blocksOf(view.blocks, contextOf(store, this.deeds, view)) : [nothing(store)]));
    keep(byId("tab-home"), [{ key: "home", version: `${store.viewer}/${this.version}`, make }]);
  }
}

const nothing = (store) => el("p", { class: "quiet" }, `${store.bot.name} has put up nothing here yet.`);
