// Texts, and the names by which a screen reader calls a control.
import { mrkdwn, plain } from "../common/mrkdwn.js";

export const textOf = (text, ctx) => (text.type === "mrkdwn" ? mrkdwn(text.text, { ...ctx, verbatim: text.verbatim }) : wordsOf(text));

// A text object as a plain string.
export const wordsOf = (text) => plain(text?.text ?? "", text?.emoji !== false);

let last = 0;
export const nextId = () => `bk-${(last += 1)}`;

// An input block names its control by its label, hint and error; elsewhere its placeholder or the text beside it does.
export function named(element, ctx, otherwise) {
  const { label, near } = ctx;
  if (label) return { "aria-labelledby": label.by, "aria-describedby": label.about, "aria-invalid": label.isWrong && "true" };
  const words = wordsOf(element.placeholder);
  if (words || !near) return { "aria-label": words || otherwise };
  return { "aria-labelledby": near };
}

export const focused = (element, ctx) => ({ autofocus: element.focus_on_load === true && ctx.inView });
