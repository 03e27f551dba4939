// Tabs as the web's guides describe them: one stop for Tab, the arrows go between.
import { el, keep } from "./dom.js";

export class Tabs {
  constructor(list, choose) {
    Object.assign(this, { list, choose });
    list.addEventListener("keydown", (event) => this.key(event));
  }

  // Items: { name, words, panel }.
  draw(items, current) {
    keep(this.list, items.map(({ name, words, panel }) => ({
      key: name,
      version: String(name === current),
      make: () => el("button", {
        type: "button", role: "tab", id: `${panel}-tab`, "aria-controls": panel, "aria-selected": String(name === current),
        tabindex: name === current ? "0" : "-1", on: { click: () => this.choose(name) },
      }, words),
    })));
  }

  key(event) {
    const all = [...this.list.children];
    const at = all.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined || at < 0) return;
    event.preventDefault();
    const next = all.at(to % all.length);
    next.focus();
    next.click();
  }
}
