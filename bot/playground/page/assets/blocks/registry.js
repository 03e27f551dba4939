// Who draws what: the families enter their blocks and elements here, and ask here for those of others.
import { el } from "../common/dom.js";

const BLOCKS = new Map();
const ELEMENTS = new Map();

export function register({ blocks = {}, elements = {} }) {
  for (const [type, draw] of Object.entries(blocks)) BLOCKS.set(type, draw);
  for (const [type, draw] of Object.entries(elements)) ELEMENTS.set(type, draw);
}

// Not dropped: whoever looks at the page should see that something is missing, and what.
const unknown = (type, kind) => el("p", { class: "unknown" }, `(a ${type} ${kind}, which this page does not show)`);

const isShown = (element, ctx) => !element.visible_to_user_ids || element.visible_to_user_ids.includes(ctx.viewer);

export const drawn = (blocks, ctx) =>
  blocks.map((block) => BLOCKS.get(block.type)?.(block, ctx) ?? unknown(block.type, "block"));

export function elementOf(element, block, ctx) {
  if (!isShown(element, ctx)) return null;
  return ELEMENTS.get(element.type)?.(element, block, ctx) ?? unknown(element.type, "element");
}
