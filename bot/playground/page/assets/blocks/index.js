// Block Kit, one file a family. A message or a view comes in here; what no family knows is named, never dropped.
import { accounts } from "./accounts.js";
import { presses } from "./actions.js";
import { cards } from "./cards.js";
import { charts } from "./charts.js";
import { choices } from "./choices.js";
import { inputs } from "./inputs.js";
import { markdown } from "./markdown.js";
import { media } from "./media.js";
import { menus } from "./overflow.js";
import { pickers } from "./pickers.js";
import { drawn, elementOf, register } from "./registry.js";
import { rich } from "./rich_text.js";
import { selects } from "./selects.js";
import { smallActions } from "./small_actions.js";
import { tables } from "./tables.js";
import { tasks } from "./tasks.js";
import { text } from "./text.js";

const FAMILIES = [
  text, media, presses, menus, selects, choices, pickers, inputs, rich, markdown, tables, cards, tasks, smallActions, charts, accounts,
];
for (const family of FAMILIES) register(family);

const idsOf = (blocks) => blocks.flatMap((block) => [block.block_id, ...idsOf(block.child_blocks ?? block.elements ?? [])]);

// The blocks of a whole message or view, as elements.
export function blocksOf(blocks, ctx) {
  ctx.form.keepOnly(new Set(idsOf(blocks)));
  return drawn(blocks, ctx);
}

export { elementOf };
