// From a hand on a control to the app: remember, ask where it wants to be asked, tell, and show that it is under way.
import { confirmed } from "./confirm.js";

// In an input block the app hears at submission, unless it asked for more.
const isHeard = (block) => block.type !== "input" || block.dispatch_action === true;

// Tells the app. Gives back whether the person went through with it.
export async function told(control, element, block, ctx, chosen) {
  if (control.getAttribute("aria-busy") === "true") return false;
  if (element.confirm && !(await confirmed(element.confirm, ctx))) return false;
  control.setAttribute("aria-busy", "true");
  try {
    await ctx.act(block.block_id, element.action_id, chosen);
  } finally {
    control.removeAttribute("aria-busy");
  }
  return true;
}

// A control changed. Where the person thinks better of it, `before` stands again and false comes back.
export async function changed(control, element, block, ctx, chosen, before) {
  ctx.form.set(block.block_id, element.action_id, chosen);
  if (!isHeard(block)) return true;
  const wentThrough = await told(control, element, block, ctx, chosen ?? {});
  if (!wentThrough) ctx.form.set(block.block_id, element.action_id, before);
  return wentThrough;
}

export const begun = (element, block, ctx, initial) => ctx.form.begin(block.block_id, element.action_id, initial);
