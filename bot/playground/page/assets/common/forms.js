// Dialogs with fields, and how Cal.com's refusals are said.
import { el } from "./dom.js";
import { whence } from "./focus.js";

let count = 0;

export function field(label, control, hint) {
  const id = `field-${(count += 1)}`;
  control.id = id;
  if (hint) control.setAttribute("aria-describedby", `${id}-hint`);
  return el("div", { class: "row" }, el("label", { for: id }, label), control,
    hint ? el("p", { class: "quiet", id: `${id}-hint` }, hint) : null);
}

export const optionsOf = (pairs, chosen) =>
  pairs.map(([value, words]) => el("option", { value, selected: value === chosen }, words));

const REFUSALS = {
  404: "That is not there any more.",
  409: "Cal.com refused: the time is taken, closed or past.",
  413: "That is too long.",
  422: "Cal.com cannot read that.",
};

const CODES = [
  [/already has booking|not available|slot_taken|taken/i, "That time is taken or outside open hours. Cal.com refused, and nothing was changed."],
  [/past/i, "That time is past. Cal.com refused, and nothing was changed."],
  [/minimum|can't be booked|out_of_bounds|too soon/i, "That time is too soon or too far ahead for this event type. Cal.com refused."],
  [/cancel/i, "This booking is cancelled already."],
  [/not.?found|missing|gone/i, "That booking is not there any more."],
];

export function refusalWords(error) {
  const code = error.code ?? "";
  const known = CODES.find(([sign]) => sign.test(code));
  if (known) return known[1];
  if (code) return `Cal.com refused: ${code}`;
  return REFUSALS[error.message] ?? "The playground cannot be reached.";
}

// Runs what a button means, once at a time; a refusal goes into the dialog's own words.
export async function attempt(button, told, deed) {
  if (button.getAttribute("aria-busy") === "true") return false;
  button.setAttribute("aria-busy", "true");
  told.textContent = "";
  try {
    await deed();
    return true;
  } catch (error) {
    told.textContent = refusalWords(error);
    return false;
  } finally {
    button.removeAttribute("aria-busy");
  }
}

// A dialog that is gone when it is closed; the focus returns to where it was.
export function sheet(title, ...content) {
  const id = `sheet-${(count += 1)}`;
  const dialog = el("dialog", { class: "sheet", "aria-labelledby": id });
  const close = el("button", { type: "button", class: "plain close", "aria-label": "Close", on: { click: () => dialog.close() } }, "×");
  dialog.append(el("header", {}, el("h2", { id }, title), close), ...content);
  const back = whence();
  dialog.addEventListener("close", () => { dialog.remove(); back(); });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

export function formOf(fields, words, deed, { style = "primary" } = {}) {
  const told = el("p", { class: "told", role: "alert" });
  const button = el("button", { type: "submit", class: style }, words);
  const form = el("form", { class: "fields" }, ...fields, told, el("div", { class: "answers" }, button));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const values = Object.fromEntries(new FormData(form));
    if (await attempt(button, told, () => deed(values))) form.closest("dialog")?.close();
  });
  return form;
}
