// The input block with its label, hint and error, and what is typed into it.
import { el } from "../common/dom.js";
import { begun, changed } from "./acting.js";
import { elementOf } from "./registry.js";
import { linesOf, richTextOf } from "./typed.js";
import { focused, named, nextId, wordsOf } from "./words.js";

function input(block, ctx) {
  const [by, hint, error] = [nextId(), nextId(), nextId()];
  const wrong = ctx.errors?.[block.block_id];
  const about = [block.hint && hint, wrong && error].filter(Boolean).join(" ") || null;
  const control = elementOf(block.element, block, { ...ctx, label: { by, about, isWrong: Boolean(wrong) } });
  const parts = [wordsOf(block.label), block.optional ? el("span", { class: "bk-about" }, " (optional)") : null];
  return el("div", { class: wrong ? "bk-input wrong" : "bk-input" }, label(by, control, parts), control,
    wrong ? el("p", { class: "bk-error", id: error }, wrong) : null,
    block.hint ? el("p", { class: "bk-hint", id: hint }, wordsOf(block.hint)) : null);
}

// A press on the label goes to the control; a group of boxes has a name, but nothing to go to.
function label(by, control, parts) {
  const field = control.matches("input, textarea") ? control : control.querySelector(".bk-field");
  if (!field) return el("span", { class: "bk-label", id: by }, ...parts);
  field.id ||= nextId();
  return el("label", { class: "bk-label", id: by, for: field.id }, ...parts);
}

// How a field of text remembers what is typed, and when the app hears of it.
function typed(field, element, block, ctx, chosenOf) {
  let before = chosenOf(field.value);
  const triggers = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const tell = () => {
    const [chosen, was] = [chosenOf(field.value), before];
    before = chosen;
    return changed(field, element, block, ctx, chosen, was);
  };
  field.addEventListener("input", () => {
    ctx.form.set(block.block_id, element.action_id, chosenOf(field.value));
    if (block.dispatch_action && triggers.includes("on_character_entered")) tell();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || !block.dispatch_action) return;
    if (triggers.includes("on_enter_pressed")) { event.preventDefault(); tell(); }
  });
  return field;
}

const asValue = (value) => (value === "" ? null : { value });

function field(element, block, ctx, { name = "input", initial = element.initial_value ?? "", chosenOf = asValue, show = ({ value }) => value, ...more }) {
  const standing = begun(element, block, ctx, chosenOf(initial));
  const made = el(name, {
    class: "bk-field", placeholder: wordsOf(element.placeholder) || null, autocomplete: "off",
    ...named(element, ctx, "Text"), ...focused(element, ctx), ...more,
  });
  made.value = standing ? show(standing) : "";
  return typed(made, element, block, ctx, chosenOf);
}

function plainText(element, block, ctx) {
  const kind = element.multiline ? { name: "textarea", rows: "3" } : { type: "text" };
  const made = field(element, block, ctx, kind);
  return element.max_length || element.min_length ? counted(made, element) : made;
}

// Slack lets people type on and says how much is too much.
function counted(made, { min_length: least = 0, max_length: most }) {
  const id = nextId();
  const count = el("span", { class: "bk-count", id });
  const show = () => {
    const size = made.value.length;
    count.textContent = size < least ? `${least - size} more to go` : most ? `${most - size} left` : "";
    count.classList.toggle("over", size > (most ?? Infinity));
  };
  made.setAttribute("aria-describedby", [made.getAttribute("aria-describedby"), id].filter(Boolean).join(" "));
  made.addEventListener("input", show);
  show();
  return el("span", { class: "bk-counted" }, made, count);
}

// A field of the browser's own number type would hide from the checks what is no number.
const number = (element, block, ctx) =>
  field(element, block, ctx, { type: "text", inputmode: element.is_decimal_allowed ? "decimal" : "numeric" });

const richText = (element, block, ctx) => field(element, block, ctx, {
  name: "textarea", rows: String(Math.min(12, element.min_lines ?? 4)), initial: linesOf(element.initial_value),
  chosenOf: (value) => (value.trim() ? { rich_text: richTextOf(value) } : null), show: ({ rich_text }) => linesOf(rich_text),
});

function file(element, block, ctx) {
  const kinds = (element.filetypes ?? []).map((one) => `.${one}`).join(",");
  const standing = begun(element, block, ctx, null);
  const list = el("ul", { class: "bk-files" });
  const show = (files) => list.replaceChildren(...files.map((name) => el("li", {}, name)));
  const choose = ({ currentTarget: { files } }) => {
    const names = [...files].slice(0, element.max_files ?? 10).map((one) => one.name);
    show(names);
    changed(made, element, block, ctx, names.length ? { files: names } : null, standing);
  };
  const made = el("input", {
    type: "file", class: "bk-field", multiple: element.max_files !== 1, accept: kinds || null,
    ...named(element, ctx, "Files"), on: { change: choose },
  });
  show(standing?.files ?? []);
  return el("div", {}, made, list);
}

export const inputs = {
  blocks: { input },
  elements: {
    plain_text_input: plainText,
    email_text_input: (element, block, ctx) => field(element, block, ctx, { type: "email" }),
    url_text_input: (element, block, ctx) => field(element, block, ctx, { type: "url" }),
    number_input: number,
    rich_text_input: richText,
    file_input: file,
  },
};
