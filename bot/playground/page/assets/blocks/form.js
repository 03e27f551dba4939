// What the controls of one message or one view stand at, kept while it is drawn anew, so that nothing typed is lost.

export class Form {
  #chosen = new Map(); // block_id -> action_id -> chosen, null where somebody emptied a control
  #options = new Map(); // "block_id/action_id" -> the options chosen, with their labels

  // A control is drawn: what it stands at is what was chosen before, or else what the app set.
  begin(block_id, action_id, initial) {
    const actions = this.#actions(block_id);
    if (!actions.has(action_id)) actions.set(action_id, initial);
    return actions.get(action_id);
  }

  set(block_id, action_id, chosen) {
    this.#actions(block_id).set(action_id, chosen);
  }

  // Options that the app gave while somebody typed are in no block: their labels are kept with the choice.
  name(block_id, action_id, options) {
    this.#options.set(`${block_id}/${action_id}`, options);
  }

  named(block_id, action_id) {
    return this.#options.get(`${block_id}/${action_id}`) ?? [];
  }

  // Forget the blocks that the app took away.
  keepOnly(block_ids) {
    for (const known of this.#chosen.keys()) if (!block_ids.has(known)) this.#chosen.delete(known);
  }

  // An emptied control is told as {}: left out, it would count as untouched, and the app's initial value as kept.
  state() {
    const state = {};
    for (const [block_id, actions] of this.#chosen) {
      state[block_id] = Object.fromEntries([...actions].map(([action_id, chosen]) => [action_id, chosen ?? {}]));
    }
    return state;
  }

  #actions(block_id) {
    if (!this.#chosen.has(block_id)) this.#chosen.set(block_id, new Map());
    return this.#chosen.get(block_id);
  }
}
