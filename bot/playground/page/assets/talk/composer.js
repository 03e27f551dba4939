// A message box: it grows, completes, keeps a draft for each person and place, and attaches files by their names.
import { avatar } from "../common/avatars.js";
import { Completer } from "./complete.js";
import { el } from "../common/dom.js";
import { icon } from "../common/icons.js";
import { draft, keepDraft } from "../common/memory.js";
import { openMenu } from "../common/menus.js";
import { unheard, usage } from "./suggestions.js";

export class Composer {
  // `place()`: a key for the draft; `send(text, files)`: a promise; `editLast()`: whether there was something to edit.
  constructor(name, store, deeds, { place, send, editLast, inThread }) {
    this.form = document.getElementById(`composer-${name}-form`);
    this.field = document.getElementById(`composer-${name}`);
    Object.assign(this, { store, deeds, place, send, editLast, inThread, files: [], here: null });
    this.completer = new Completer(this.field, document.getElementById(`composer-${name}-list`), store, { inThread });
    this.form.addEventListener("submit", (event) => this.submit(event));
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("input", () => this.typed());
    this.part(".mention-button").addEventListener("click", () => this.insert("@"));
    this.part(".attach").addEventListener("click", () => this.attach());
    this.part(".shortcuts").addEventListener("click", (event) => this.shortcuts(event.currentTarget));
  }

  part(selector) {
    return this.form.querySelector(selector);
  }

  // Another person or place has another draft.
  draw() {
    this.part(".shortcuts").hidden = !this.globals.length;
    const here = `${this.store.viewer} ${this.place()}`;
    if (here === this.here) return;
    this.here = here;
    this.field.value = draft(this.store.viewer, this.place());
    this.files = [];
    this.completer.close();
    this.drawFiles();
    this.grow();
  }

  get globals() {
    return this.store.features.shortcuts.filter((one) => one.type === "global");
  }

  typed() {
    keepDraft(this.store.viewer, this.place(), this.field.value);
    this.grow();
  }

  grow() {
    this.field.style.height = "auto";
    this.field.style.height = `${this.field.scrollHeight + 2}px`;
    const { field, inThread, store } = this;
    this.part(".usage").textContent = usage(field.value, store) || (inThread ? "" : unheard(field.value, store));
    this.form.classList.toggle("has-text", this.field.value.trim() !== "");
  }

  key(event) {
    if (this.completer.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.submit(event);
    else if (event.key === "ArrowUp" && !this.field.value && this.editLast(this.field)) event.preventDefault();
  }

  submit(event) {
    event.preventDefault();
    const [text, files, viewer, place] = [this.field.value.trim(), this.files, this.store.viewer, this.place()];
    if (!text && !files.length) return;
    this.completer.close();
    this.set("");
    [this.files] = [[]];
    this.drawFiles();
    this.send(text || files.join(", "), files).catch(() => this.giveBack(text, viewer, place));
  }

  // What could not be sent stands in the box again, unless something else is there by now.
  giveBack(text, viewer, place) {
    if (viewer !== this.store.viewer || place !== this.place()) keepDraft(viewer, place, text);
    else if (!this.field.value) this.set(text);
  }

  set(text) {
    this.field.value = text;
    this.typed();
  }

  insert(sign) {
    const { value, selectionStart: at } = this.field;
    const gap = at && !/\s$/.test(value.slice(0, at)) ? " " : "";
    this.field.focus();
    this.field.setRangeText(`${gap}${sign}`, at, this.field.selectionEnd, "end");
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // Only the name goes to the playground: the app sees that a file was shared, never what is in it.
  attach() {
    const picker = el("input", { type: "file", multiple: true });
    picker.addEventListener("change", () => {
      this.files = [...this.files, ...[...picker.files].map((one) => one.name)].slice(0, 5);
      this.drawFiles();
      this.field.focus();
    });
    picker.click();
  }

  drawFiles() {
    const list = this.part(".attached");
    list.hidden = !this.files.length;
    list.replaceChildren(...this.files.map((name) => el("li", {}, icon("file"), name,
      el("button", { type: "button", class: "bare", "aria-label": `Take away ${name}`, on: { click: () => this.takeAway(name) } }, icon("close")))));
  }

  takeAway(name) {
    this.files = this.files.filter((one) => one !== name);
    this.drawFiles();
    this.field.focus();
  }

  shortcuts(button) {
    openMenu(button, this.globals.map((one) => ({
      label: one.name, hint: one.description, mark: avatar(this.store, this.store.bot.id, "small"),
      act: () => this.deeds.shortcut(one.callback_id).catch(() => {}),
    })));
  }
}
