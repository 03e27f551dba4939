// A list of suggestions over a message box: arrows walk it, Tab and Enter take one, Escape leaves it.
import { avatar } from "../common/avatars.js";
import { el } from "../common/dom.js";
import { suggestions } from "./suggestions.js";
import { announce } from "../common/toast.js";

export class Completer {
  constructor(field, list, store, { inThread }) {
    Object.assign(this, { field, list, store, inThread, found: null, at: -1 });
    field.addEventListener("input", () => this.look());
    field.addEventListener("click", () => this.look());
    field.addEventListener("blur", () => this.close());
  }

  get isOpen() {
    return this.found !== null;
  }

  look() {
    const { selectionStart: caret, selectionEnd: end, value } = this.field;
    const found = caret === end && this.store.ready ? suggestions(value, caret, this.store, this) : null;
    if (!found) return this.close();
    const isNew = !this.isOpen;
    this.found = found;
    this.at = found.isWhole ? -1 : 0; // what is typed out whole is sent with Enter, not completed
    this.draw();
    if (isNew) announce(`${found.items.length} suggestions; the arrow keys walk them, Tab takes one.`);
  }

  close() {
    [this.found, this.list.hidden] = [null, true];
    this.field.removeAttribute("aria-activedescendant");
  }

  // Whether the key was for the list.
  key(event) {
    if (!this.isOpen || event.isComposing) return false;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) this.step(steps[event.key]);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Tab" && !event.shiftKey) this.take(Math.max(this.at, 0));
    else if (event.key === "Enter" && !event.shiftKey && this.at >= 0) this.take(this.at);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  step(by) {
    const count = this.found.items.length;
    this.at = this.at < 0 && by < 0 ? count - 1 : (this.at + by + count) % count;
    this.draw();
  }

  take(at) {
    const { from, items } = this.found;
    const { value, selectionStart: caret } = this.field;
    const rest = value.slice(caret).replace(/^ ?/, " ");
    this.field.value = `${value.slice(0, from)}${items[at].insert}${rest}`;
    const to = from + items[at].insert.length + 1;
    this.field.setSelectionRange(to, to);
    this.close();
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  draw() {
    this.list.hidden = false;
    this.list.replaceChildren(...this.found.items.map((item, n) => this.option(item, n)));
    const chosen = this.list.children[this.at];
    if (!chosen) return this.field.removeAttribute("aria-activedescendant");
    this.field.setAttribute("aria-activedescendant", chosen.id);
    return chosen.scrollIntoView({ block: "nearest" });
  }

  option({ label, about, id }, n) {
    const take = (event) => { event.preventDefault(); this.take(n); }; // on mousedown: the field keeps its focus
    return el("li", { id: `${this.list.id}-${n}`, role: "option", "aria-selected": String(n === this.at), on: { mousedown: take } },
      id ? avatar(this.store, id, "small") : null, el("span", {}, label), el("span", { class: "quiet" }, about));
  }
}
