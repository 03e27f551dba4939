// Asks once more, as an element's `confirm` wants it.
import { nextId, textOf, wordsOf } from "./words.js";
import { el } from "../common/dom.js";
import { whence } from "../common/focus.js";

export function confirmed(wish, ctx) {
  const [title, text] = [nextId(), nextId()];
  const back = whence();
  return new Promise((resolve) => {
    const close = (answer) => () => dialog.close(answer);
    const no = el("button", { type: "button", class: "button", on: { click: close("no") } }, wordsOf(wish.deny) || "No");
    const look = `button ${wish.style ?? "primary"}`;
    const yes = el("button", { type: "button", class: look, on: { click: close("yes") } }, wordsOf(wish.confirm) || "Yes");
    const dialog = el("dialog", { class: "confirm", "aria-labelledby": title, "aria-describedby": text },
      el("h2", { id: title }, wordsOf(wish.title) || "Are you sure?"),
      el("p", { id: text }, textOf(wish.text, ctx)),
      el("div", { class: "answers" }, no, yes));
    dialog.addEventListener("close", () => { dialog.remove(); back(); resolve(dialog.returnValue === "yes"); });
    document.body.append(dialog);
    dialog.showModal();
  });
}
