// A message of one's own, being written anew in its place.
import { el } from "../common/dom.js";
import { typed } from "./typed.js";

const keyOf = (message) => `${message.channel}/${message.ts}`;

export class Editing {
  constructor(draw) {
    this.draw = draw;
    this.key = null;
    this.back = null; // where the focus goes afterwards
  }

  is(message) {
    return this.key === keyOf(message) && !message.only_for;
  }

  begin(message, back = null) {
    [this.key, this.back] = [keyOf(message), back];
    this.draw();
    queueMicrotask(() => document.querySelector(".editor textarea")?.focus());
  }

  end() {
    const back = this.back;
    [this.key, this.back] = [null, null];
    this.draw();
    back?.focus();
  }
}

export function editor(message, { store, deeds, editing }) {
  const field = el("textarea", { rows: "2", "aria-label": "Edit the message" });
  field.value = typed(message.text, store);
  const save = (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (!text || text === typed(message.text, store)) editing.end();
    else deeds.edit(message, text).then(() => editing.end(), () => {});
  };
  const keys = (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) save(event);
    else if (event.key === "Escape") { event.stopPropagation(); editing.end(); }
  };
  field.addEventListener("keydown", keys);
  field.addEventListener("focus", () => field.setSelectionRange(field.value.length, field.value.length), { once: true });
  return el("form", { class: "editor", on: { submit: save } }, field,
    el("div", { class: "answers" },
      el("button", { type: "button", class: "button", on: { click: () => editing.end() } }, "Cancel"),
      el("button", { type: "submit", class: "button primary" }, "Save")));
}
