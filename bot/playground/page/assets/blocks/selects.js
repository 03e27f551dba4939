// Menus: the app's own options, options asked of the app while one types, people, conversations, channels; of one or of many.
import { begun, changed } from "./acting.js";
import { Combobox } from "./combobox.js";
import { matching } from "./options.js";
import { focused, named, wordsOf } from "./words.js";

const PAUSE = 150; // ms without a key before the app is asked
const LEAST_QUERY = 3; // Slack's default

const optionOf = (one) => ({ value: one.value ?? "", label: wordsOf(one.text), about: wordsOf(one.description) });

const groupsOf = (all) => (all.some((one) => one.options)
  ? all.map((one) => ({ label: wordsOf(one.label), options: one.options.map(optionOf) }))
  : [{ label: null, options: all.map(optionOf) }]);

const inOneGroup = (options) => [{ label: null, options }];
const people = (ctx) => ctx.people().map(({ id, name, handle }) => ({ value: id, label: name, about: `@${handle}`, also: handle }));
const roomOf = (room, ctx) =>
  ({ value: room.id, label: room.partner ? ctx.nameOf(room.partner) : `#${room.name}`, also: room.name });
const isChannel = (room) => !room.partner;

const kindOf = (room) => (room.partner ? "im" : room.private ? "private" : "public");

function conversations(element, ctx) {
  const { include, exclude_external_shared_channels: isOurs } = element.filter ?? {};
  const rooms = ctx.rooms().filter((room) => (!include || include.includes(kindOf(room))) && !(isOurs && room.shared));
  return inOneGroup(rooms.map((room) => roomOf(room, ctx)));
}

// `key`: the name under which a choice is told and an initial one is given; `all`: everything there is to choose from.
const KINDS = {
  static_select: { key: "option", all: (element) => groupsOf(element.option_groups ?? element.options) },
  external_select: { key: "option", all: () => [], isAsked: true },
  users_select: { key: "user", all: (_, ctx) => inOneGroup(people(ctx)) },
  conversations_select: { key: "conversation", all: conversations },
  channels_select: { key: "channel", all: (_, ctx) => inOneGroup(ctx.rooms().filter(isChannel).map((room) => roomOf(room, ctx))) },
};

function initial(element, key, isMany, ctx) {
  const given = element[isMany ? `initial_${key}s` : `initial_${key}`];
  const here = element.default_to_current_conversation ? ctx.here : undefined;
  const all = [...(isMany ? given ?? [] : [given]), given === undefined ? here : undefined].filter((one) => one !== undefined);
  return all.map((one) => (key === "option" ? optionOf(one) : { value: one, label: ctx.nameOf(one) }));
}

const toldAs = (chosen, key, isMany) => {
  if (isMany) return { [`${key}s`]: chosen.map((one) => one.value) };
  return chosen.length ? { [key]: chosen[0].value } : null;
};

const valuesOf = (standing, key, isMany) => (isMany ? standing?.[`${key}s`] ?? [] : standing ? [standing[key]] : []);

function select({ key, all, isAsked }, isMany) {
  return (element, block, ctx) => {
    const groups = all(element, ctx);
    const first = initial(element, key, isMany, ctx);
    const standing = begun(element, block, ctx, first.length || isMany ? toldAs(first, key, isMany) : null);
    const known = [...groups.flatMap((group) => group.options), ...first, ...ctx.form.named(block.block_id, element.action_id)];
    const chosen = valuesOf(standing, key, isMany).flatMap((value) => known.find((one) => one.value === value) ?? []);
    const keep = (now) => {
      ctx.form.name(block.block_id, element.action_id, now);
      ctx.form.set(block.block_id, element.action_id, toldAs(now, key, isMany));
    };
    const tell = (now, before) => {
      keep(now);
      return changed(box.input, element, block, ctx, toldAs(now, key, isMany), toldAs(before, key, isMany));
    };
    const words = wordsOf(element.placeholder) || (isMany ? "Choose some" : "Choose one");
    const box = new Combobox({
      attributes: { ...named(element, ctx, words), ...focused(element, ctx) }, placeholder: words, isMany,
      max: element.max_selected_items, canBeEmpty: !isMany && block.type === "input" && block.optional, chosen, keep, tell,
      find: isAsked ? asking(element, block, ctx) : async (query) => ({ groups: matching(groups, query) }),
    });
    return box.element;
  };
}

// Asks the app for options, once the person stops typing.
function asking(element, block, ctx) {
  const least = element.min_query_length ?? LEAST_QUERY;
  let last = 0;
  return async (query) => {
    if (query.length < least) return { groups: [], note: `Type ${least} letters or more` };
    const mine = (last += 1);
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    if (mine !== last) return { groups: [] };
    const found = await ctx.options(block.block_id, element.action_id, query);
    return { groups: groupsOf(found) };
  };
}

const entries = Object.entries(KINDS);
export const selects = {
  elements: {
    ...Object.fromEntries(entries.map(([type, kind]) => [type, select(kind, false)])),
    ...Object.fromEntries(entries.map(([type, kind]) => [`multi_${type}`, select(kind, true)])),
  },
};
