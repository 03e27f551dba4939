// Modals: the viewer's stack of them in one dialog, the top one in sight. What was filled in outlives every update.
import { blocksOf } from "../blocks/index.js";
import { contextOf, forget, formOf } from "./context.js";
import { el, replace } from "../common/dom.js";
import { whence } from "../common/focus.js";
import { icon } from "../common/icons.js";
import { plain } from "../common/mrkdwn.js";

const NO_ANSWER = "The app did not answer. Try again.";
const words = (text) => plain(text?.text ?? "");

export class Views {
  constructor(store, deeds) {
    Object.assign(this, { store, deeds, errors: new Map(), shown: null, drawn: null, back: null });
    this.dialog = document.getElementById("view");
    this.dialog.addEventListener("cancel", (event) => { event.preventDefault(); this.close(); });
    this.dialog.addEventListener("close", () => this.returnFocus());
  }

  get top() {
    return this.store.stacks[this.store.viewer]?.at(-1) ?? null;
  }

  draw() {
    const view = this.top;
    if (view === this.drawn) return;
    const isSame = view?.id === this.drawn?.id;
    if (!isSame) this.errors.clear();
    this.drawn = view;
    if (!view) this.dialog.close();
    else this.show(view, isSame);
  }

  show(view, isSame) {
    const before = this.shown;
    const top = before?.querySelector(".view-blocks").scrollTop ?? 0;
    this.shown = this.form(view);
    if (before?.isConnected && isSame) replace(before, this.shown);
    else this.dialog.replaceChildren(this.shown);
    if (isSame) this.shown.querySelector(".view-blocks").scrollTop = top;
    else this.open();
  }

  open() {
    if (!this.dialog.open) {
      this.back = whence();
      this.dialog.showModal();
    }
    const wanted = ["[autofocus]", ".view-blocks :is(input, select, textarea)", "footer .primary", "footer button"];
    wanted.map((one) => this.shown.querySelector(one)).find(Boolean)?.focus();
  }

  form(view) {
    const ctx = contextOf(this.store, this.deeds, view, { errors: this.errors.get(view.id) ?? {}, inView: true });
    const isPushed = (this.store.stacks[this.store.viewer]?.length ?? 0) > 1;
    return el("form", { novalidate: true, tabindex: "-1", on: { submit: (event) => this.submit(event, view) } },
      el("header", {},
        isPushed ? this.button("back", "Back", () => this.close()) : null,
        el("h2", { id: "view-title" }, words(view.title)),
        this.button("close", "Close", () => this.close(true))),
      el("div", { class: "view-blocks" }, ...blocksOf(view.blocks, ctx)),
      el("p", { class: "view-trouble", role: "alert" }),
      el("footer", {},
        el("button", { type: "button", class: "button", on: { click: () => this.close() } }, words(view.close) || (isPushed ? "Back" : "Cancel")),
        view.submit ? el("button", { type: "submit", class: "button primary" }, words(view.submit)) : null));
  }

  button(name, label, act) {
    return el("button", { type: "button", class: "bare", "aria-label": label, title: label, on: { click: act } }, icon(name));
  }

  async submit(event, view) {
    event.preventDefault();
    const form = event.currentTarget;
    const send = form.querySelector("[type=submit]");
    if (!send || form.getAttribute("aria-busy") === "true") return;
    form.setAttribute("aria-busy", "true");
    const answer = await this.deeds.submit(view.id, formOf(this.store, view).state()).catch((error) => ({ trouble: error }));
    this.shown.removeAttribute("aria-busy");
    if (answer.trouble || (!answer.ok && !Object.keys(answer.errors ?? {}).length)) this.say(answer.trouble);
    else if (!answer.ok) this.mark(view, answer.errors);
    else this.mark(view, {});
  }

  say(error) {
    const isGone = error?.message === "404" || error?.message === "409";
    this.shown.querySelector(".view-trouble").textContent = isGone ? "This form is no longer open." : NO_ANSWER;
  }

  // Errors stand at their fields; the first of them gets the focus.
  mark(view, errors) {
    if (this.top?.id !== view.id) return;
    this.errors.set(view.id, errors);
    this.show(this.top, true);
    this.shown.querySelector("[aria-invalid=true]")?.focus();
  }

  // The app hears of it where it asked to; here the view goes at once.
  close(whole = false) {
    const stack = this.store.stacks[this.store.viewer] ?? [];
    const view = stack.at(-1);
    if (!view) return;
    this.deeds.close(view.id, whole).catch(() => {});
    forget(this.store, view);
    this.store.views({ person: this.store.viewer, stack: whole ? [] : stack.slice(0, -1) });
  }

  returnFocus() {
    this.dialog.replaceChildren();
    [this.shown, this.drawn] = [null, null];
    this.back?.();
    this.back = null;
    this.draw();
  }
}
