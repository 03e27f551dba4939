// Which panes are open and how wide, what drops from the toolbar, and the colours. Remembered over a reload.
import { Tabs } from "../common/tabs.js";
import { keepPaneState, keepTheme, paneState, theme } from "../common/memory.js";

const byId = (id) => document.getElementById(id);
const DROPS = ["trouble", "clock"];
const THEMES = [null, "light", "dark"];
const NAMES = { light: "light", dark: "dark" };
const FIRST = { side: ".rooms [aria-current]", room: "#composer-channel", thread: "#thread-messages", right: "#right-back" };
const NARROW = matchMedia("(max-width: 1150px)");
const RIGHT = { calendar: "calendar-pane", why: "panel-why" };

export class Panes {
  constructor() {
    this.state = { right: "calendar", isOpen: true, isWide: false, ...paneState() };
    if (NARROW.matches) this.state.isOpen = false;
    for (const name of Object.keys(RIGHT)) {
      byId(`tool-${name}`).addEventListener("click", () => this.toggle(name));
      byId(`right-${name}`).addEventListener("click", () => this.open(name));
    }
    this.tabs = new Tabs(byId("right-calendar").parentElement, () => {});
    byId("right-close").addEventListener("click", () => this.close());
    byId("right-back").addEventListener("click", () => this.close());
    byId("right-wide").addEventListener("click", () => this.change({ isWide: !this.state.isWide }));
    for (const name of DROPS) this.makeDrop(name);
    document.addEventListener("pointerdown", (event) => this.pressed(event.target));
    byId("tool-theme").addEventListener("click", () => this.nextTheme());
    NARROW.addEventListener("change", () => this.change({ isOpen: !NARROW.matches }));
    this.drawTheme();
    this.draw();
  }

  // At a narrow width one pane is in sight: side, room, thread or right.
  toPane(name) {
    document.body.dataset.pane = name;
    if (name !== "right" && NARROW.matches && this.state.isOpen) this.change({ isOpen: false });
    if (!document.activeElement.checkVisibility()) document.querySelector(FIRST[name])?.focus();
  }

  toggle(name) {
    if (this.state.isOpen && this.state.right === name) this.close();
    else this.open(name);
  }

  open(name) {
    this.change({ right: name, isOpen: true });
    if (NARROW.matches) document.body.dataset.pane = "right";
  }

  close() {
    const hadFocus = byId("right").contains(document.activeElement);
    this.change({ isOpen: false });
    if (document.body.dataset.pane === "right") document.body.dataset.pane = "room";
    if (hadFocus) byId(`tool-${this.state.right}`).focus();
  }

  change(what) {
    Object.assign(this.state, what);
    keepPaneState(this.state);
    this.draw();
  }

  draw() {
    const { right, isOpen, isWide } = this.state;
    byId("right").hidden = !isOpen;
    document.body.classList.toggle("has-right", isOpen);
    document.body.classList.toggle("wide-right", isOpen && isWide);
    byId("right-wide").setAttribute("aria-pressed", String(isWide));
    for (const [name, pane] of Object.entries(RIGHT)) {
      byId(pane).hidden = name !== right;
      byId(`tool-${name}`).setAttribute("aria-pressed", String(isOpen && name === right));
      byId(`right-${name}`).setAttribute("aria-selected", String(name === right));
      byId(`right-${name}`).tabIndex = name === right ? 0 : -1;
    }
  }

  makeDrop(name) {
    const [tool, panel] = [byId(`tool-${name}`), byId(`panel-${name}`)];
    tool.addEventListener("click", () => this.drop(panel.hidden ? name : null));
    for (const place of [tool, panel]) place.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.defaultPrevented || panel.hidden) return;
      this.drop(null);
      tool.focus();
    });
  }

  // One panel at a time; it stays until it is closed, so that one sees what its switches do.
  drop(open) {
    for (const name of DROPS) {
      byId(`panel-${name}`).hidden = name !== open;
      byId(`tool-${name}`).setAttribute("aria-expanded", String(name === open));
    }
    if (open) byId(`panel-${open}`).querySelector("button, input, select, a[href]")?.focus();
  }

  // On a phone it lies over what was pressed.
  pressed(target) {
    if (NARROW.matches && !target.closest(DROPS.map((name) => `#panel-${name}, #tool-${name}`).join())) this.drop(null);
  }

  nextTheme() {
    keepTheme(THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length]);
    this.drawTheme();
  }

  drawTheme() {
    const name = theme();
    if (name) document.documentElement.dataset.theme = name;
    else delete document.documentElement.dataset.theme;
    const words = `Colours: ${NAMES[name] ?? "as the system has them"}`;
    byId("tool-theme").setAttribute("aria-label", words);
    byId("tool-theme").title = words;
  }
}
