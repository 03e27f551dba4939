// What the block renderers are told of the page: who looks, whose names there are, and whom a control tells.
import { Form } from "../blocks/form.js";

const forms = new Map();

// A message or a view keeps its form over every redraw; each viewer has their own.
export function formOf(store, source) {
  const key = `${store.viewer}/${source.id ?? `${source.channel}/${source.ts}`}`;
  if (!forms.has(key)) forms.set(key, new Form());
  return forms.get(key);
}

export function forget(store, source) {
  forms.delete(`${store.viewer}/${source.id}`);
}

// `source`: a message or a view. What goes wrong has been said by the deed; the control only ends its waiting.
export function contextOf(store, deeds, source, { errors = {}, inView = false } = {}) {
  const form = formOf(store, source);
  return {
    zone: store.me.zone,
    locale: store.me.locale,
    now: store.now,
    viewer: store.viewer,
    nameOf: (id) => store.nameOf(id),
    roomName: (id) => store.rooms.get(id)?.name,
    people: () => [...store.people.values()].map(({ id, name, handle }) => ({ id, name, handle })),
    rooms: () => store.seenRooms,
    here: source.channel,
    act: (block_id, action_id, chosen) => deeds.act(source, block_id, action_id, chosen, form.state()).catch(() => {}),
    options: (block_id, action_id, query) => deeds.options(source, block_id, action_id, query).catch(() => []),
    form,
    errors,
    inView,
  };
}
