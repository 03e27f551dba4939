// A menu that one can type into, of one choice or of many (as chips), after the ARIA pattern of a combobox with a list.
import { el } from "../common/dom.js";
import { fill } from "./options.js";
import { floating } from "./popup.js";
import { nextId } from "./words.js";

// find(query) -> Promise<{ groups, note }>; keep(chosen): remember it; tell(chosen, before) -> Promise<bool>: false takes it back.
export class Combobox {
  #options = [];
  #active = -1;
  #asked = 0;
  #typed = "";

  constructor({ attributes, placeholder, isMany, max, canBeEmpty, chosen, find, keep, tell }) {
    Object.assign(this, { isMany, max: max ?? Infinity, chosen, find, keep, tell, placeholder, settled: chosen });
    this.list = el("div", { role: "listbox", id: nextId(), "aria-label": "Options", "aria-multiselectable": isMany && "true" });
    this.note = el("p", { class: "bk-note", role: "status" });
    this.box = el("div", { class: "bk-pop", on: { mousedown: (event) => event.preventDefault() } }, this.list, this.note);
    this.input = el("input", {
      type: "text", role: "combobox", class: "bk-field", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false",
      "aria-controls": this.list.id, ...attributes,
      on: { click: () => this.#open(), input: () => this.#type(), keydown: (event) => this.#key(event), blur: () => this.popup.close() },
    });
    this.chips = isMany ? el("ul", { class: "bk-chips", "aria-label": "Chosen" }) : null;
    const empty = () => { this.input.focus(); this.#change([]); };
    this.empty = canBeEmpty ? el("button", { type: "button", class: "bk-empty-it", "aria-label": "Clear", on: { click: empty } }, "×") : null;
    this.element = el("div", { class: isMany ? "bk-pick many" : "bk-pick" }, this.chips, this.input, this.empty, this.box);
    this.popup = floating(this.element, this.box, () => this.#closed());
    this.#paint();
  }

  #paint() {
    if (this.isMany) this.chips.replaceChildren(...this.chosen.map((one) => this.#chip(one)));
    else this.input.value = this.chosen[0]?.label ?? "";
    if (this.chips) this.chips.hidden = this.chosen.length === 0;
    this.input.placeholder = this.isMany && this.chosen.length ? "" : this.placeholder;
    if (this.empty) this.empty.hidden = this.chosen.length === 0;
  }

  #chip(one) {
    const remove = () => { this.input.focus(); this.#change(this.chosen.filter((other) => other !== one)); };
    return el("li", { class: "bk-chip" }, el("span", {}, one.label),
      el("button", { type: "button", "aria-label": `Remove ${one.label}`, on: { click: remove } }, "×"));
  }

  #open() {
    if (this.popup.isOpen) return;
    this.#typed = "";
    if (!this.isMany) this.input.select();
    this.popup.open();
    this.input.setAttribute("aria-expanded", "true");
    this.#show();
  }

  #closed() {
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    if (this.isMany) this.input.value = "";
    this.#asked += 1;
    this.#paint();
    if (this.isMany && valuesOf(this.chosen) !== valuesOf(this.settled)) this.#change(this.chosen);
  }

  #type() {
    this.#open();
    this.#typed = this.input.value;
    this.#show();
  }

  async #show() {
    const asked = (this.#asked += 1);
    this.note.textContent = "Searching…";
    const { groups, note } = await this.find(this.#typed);
    if (asked !== this.#asked) return;
    const isFull = this.chosen.length >= this.max;
    const chosen = new Set(this.chosen.map((one) => one.value));
    this.#options = fill(this.list, groups, { chosen, isFull: this.isMany && isFull, pick: (one) => this.#pick(one) });
    const nothing = this.#options.length ? "" : "Nothing found";
    this.note.textContent = note ?? (this.isMany && isFull ? `No more than ${this.max}` : nothing);
    this.#move(this.#options.findIndex((one) => one.getAttribute("aria-selected") === "true"));
    this.popup.follow();
  }

  #move(to) {
    this.#options[this.#active]?.classList.remove("active");
    this.#active = this.#options.length ? Math.max(0, Math.min(to, this.#options.length - 1)) : -1;
    const option = this.#options[this.#active];
    option?.classList.add("active");
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  #key(event) {
    const { isOpen } = this.popup;
    const keys = {
      ArrowDown: () => (isOpen ? this.#move(this.#active + 1) : this.#open()),
      ArrowUp: () => (isOpen ? this.#move(this.#active - 1) : this.#open()),
      Enter: () => (isOpen ? this.#options[this.#active]?.click() : this.#open()),
      Escape: isOpen ? () => this.popup.close() : null,
    };
    if (event.key === "Backspace" && this.isMany && !this.input.value) this.#change(this.chosen.slice(0, -1));
    if (!keys[event.key] || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    keys[event.key]();
  }

  #pick(one) {
    if (!this.isMany) {
      this.popup.close();
      this.#change([one]);
      return;
    }
    const isChosen = this.chosen.some((other) => other.value === one.value);
    if (!isChosen && this.chosen.length >= this.max) return;
    this.chosen = isChosen ? this.chosen.filter((other) => other.value !== one.value) : [...this.chosen, one];
    this.keep(this.chosen);
    this.input.value = this.#typed = "";
    this.#paint();
    this.#show();
  }

  // While a list of many is open the app waits: it hears once, when the list closes.
  async #change(chosen) {
    this.chosen = chosen;
    this.#paint();
    if (this.popup.isOpen && this.isMany) {
      this.keep(chosen);
      this.#show();
      return;
    }
    const before = this.settled;
    this.settled = chosen;
    if (await this.tell(chosen, before)) return;
    this.chosen = this.settled = before;
    this.#paint();
  }
}

const valuesOf = (chosen) => JSON.stringify(chosen.map((one) => one.value));
