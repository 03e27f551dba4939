// Block Kit, one file a family. A message or a view comes in here; what no family knows is named, never dropped.
import { presses } from "./actions.js";
import { drawn, elementOf, register } from "./registry.js";
import { selects } from "./selects.js";
import { text } from "./text.js";

for (const family of [text, presses, selects]) register(family);

const idsOf = (blocks) => blocks.flatMap((block) => [block.block_id, ...idsOf(block.child_blocks ?? block.elements ?? [])]);

// The blocks of a whole message or view, as elements.
export function blocksOf(blocks, ctx) {
  ctx.form.keepOnly(new Set(idsOf(blocks)));
  return drawn(blocks, ctx);
}

export { elementOf };
