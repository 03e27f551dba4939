// Block Kit as far as the bot uses it; what is not known is named, so that nothing goes missing in silence.
import { confirmed } from "./confirm.js";
import { el } from "./dom.js";
import { mrkdwn, plain } from "./mrkdwn.js";

const textOf = (text, ctx) => (text?.type === "mrkdwn" ? mrkdwn(text.text, ctx) : plain(text?.text ?? ""));

const KINDS = {
  section: (block, ctx) =>
    el("div", { class: "section" },
      el("div", {}, block.text ? textOf(block.text, ctx) : null,
        block.fields ? el("ul", { class: "fields" }, ...block.fields.map((one) => el("li", {}, textOf(one, ctx)))) : null),
      block.accessory ? elementOf(block.accessory, block, ctx) : null),
  context: (block, ctx) =>
    el("div", { class: "context" }, ...block.elements.map((one) => el("span", {}, textOf(one, ctx)))),
  header: (block, ctx) => el("h3", {}, textOf(block.text, ctx)),
  divider: () => el("hr"),
  actions: (block, ctx) => el("div", { class: "actions" }, ...block.elements.map((one) => elementOf(one, block, ctx))),
};

export function blocksOf(blocks, ctx) {
  return blocks.map((block) => (KINDS[block.type] ?? unknown)(block, ctx));
}

const unknown = (block) => el("p", { class: "unknown" }, `(a ${block.type} block, which this page does not show)`);

function elementOf(element, block, ctx) {
  if (element.type === "button") return element.url ? linkButton(element, ctx) : button(element, ctx);
  if (element.type === "static_select") return select(element, ctx);
  return unknown(element);
}

function button(element, ctx) {
  const act = (event) => pressed(event.currentTarget, element, ctx, { value: element.value ?? null });
  const label = element.accessibility_label;
  return el("button", { type: "button", class: element.style ?? "usual", "aria-label": label, on: { click: act } },
    plain(element.text.text));
}

// A link is opened, and the app is told of the press as well.
function linkButton(element, ctx) {
  const isSafe = /^https?:/i.test(element.url);
  const tell = () => ctx.act({ action_id: element.action_id, value: element.value ?? null });
  return el("a", {
    class: `button ${element.style ?? "usual"}`, href: isSafe ? element.url : null, target: "_blank",
    rel: "noopener noreferrer", "aria-label": element.accessibility_label, on: { click: tell },
  }, plain(element.text.text));
}

function select(element, ctx) {
  const name = plain(element.placeholder?.text ?? "Choose");
  const options = element.options.map((one) =>
    el("option", { value: one.value, selected: one.value === element.initial_option?.value }, plain(one.text.text)));
  const first = el("option", { value: "", disabled: true, selected: !element.initial_option }, name);
  const act = (event) => pressed(event.currentTarget, element, ctx, { option: event.currentTarget.value });
  return el("select", { "aria-label": name, on: { change: act } }, first, ...options);
}

async function pressed(control, element, ctx, what) {
  if (control.getAttribute("aria-busy") === "true") return;
  if (element.confirm && !(await confirmed(element.confirm, element.style))) return;
  control.setAttribute("aria-busy", "true");
  try {
    await ctx.act({ action_id: element.action_id, ...what });
  } finally {
    control.removeAttribute("aria-busy");
    if (control.tagName === "SELECT") control.selectedIndex = 0;
  }
}
