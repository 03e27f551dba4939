// What can be completed where the caret stands: people, the bot and groups after @, channels after #, commands after /.

const MOST = 8;
const TOKEN = /(?:^|[\s(])([@#])([\w.-]*)$/;
const COMMAND = /^\/([\w-]*)$/;
const EVERYBODY = [
  { name: "here", about: "everybody who is active here" },
  { name: "channel", about: "everybody in this channel" },
];

// -> { from, items: [{ insert, label, about, id? }], isWhole } or null. `from`: where what is replaced begins.
export function suggestions(text, caret, store, { inThread }) {
  const before = text.slice(0, caret);
  const command = inThread ? null : COMMAND.exec(before);
  if (command) return found(commandsOf(store), 0, before);
  const token = TOKEN.exec(before);
  if (!token) return null;
  const from = caret - token[2].length - 1;
  return found(token[1] === "@" ? mentionsOf(store) : channelsOf(store), from, before.slice(from));
}

function found(all, from, typed) {
  const wanted = typed.slice(1).toLowerCase();
  const begins = (word) => word.toLowerCase().startsWith(wanted);
  const matching = all.filter((one) => one.words.some(begins));
  const items = [...matching.filter((one) => begins(one.words[0])), ...matching.filter((one) => !begins(one.words[0]))].slice(0, MOST);
  return items.length ? { from, items, isWhole: items.some((one) => one.insert.toLowerCase() === typed.toLowerCase()) } : null;
}

function mentionsOf(store) {
  const bot = { insert: `@${store.bot.name}`, label: store.bot.name, about: "the app", id: store.bot.id, words: [store.bot.name] };
  const people = [...store.people.values()].map((one) => ({
    insert: `@${one.handle}`, label: one.name, about: `@${one.handle}`, id: one.id, words: [one.handle, ...one.name.split(" ")],
  }));
  const groups = store.groups.map(({ handle }) => ({ insert: `@${handle}`, label: `@${handle}`, about: "a group", words: [handle] }));
  const all = store.isDm ? [] : EVERYBODY.map(({ name, about }) => ({ insert: `@${name}`, label: `@${name}`, about, words: [name] }));
  return [bot, ...people, ...groups, ...all];
}

const channelsOf = (store) =>
  store.channels.map(({ name }) => ({ insert: `#${name}`, label: `#${name}`, about: "a channel", words: [name] }));

export function knownCommands(store) {
  const known = store.features.commands;
  return known.length || !store.command ? known : [{ command: store.command, description: "", usage_hint: "" }];
}

const commandsOf = (store) => knownCommands(store).map(({ command, description, usage_hint }) => ({
  insert: command, label: [command, usage_hint].filter(Boolean).join(" "), about: description || store.bot.name, words: [command.slice(1)],
}));

// In a channel the bot hears what mentions it. Whoever is new says it without, and waits.
export function unheard(text, store) {
  const isForBot = text.trimStart().startsWith("/") || text.toLowerCase().includes(`@${store.bot.name}`.toLowerCase());
  const isHere = !store.isDm && store.rooms.get(store.channel)?.bot_is_member;
  return isHere && /\S\s+\S/.test(text) && !isForBot ? `For the bot, begin with @${store.bot.name}` : "";
}

// What may follow the command that is being typed.
export function usage(text, store) {
  const typed = /^(\/[\w-]+)\s/.exec(text)?.[1];
  const known = typed && knownCommands(store).find((one) => one.command === typed);
  return known?.usage_hint ? `${known.command} ${known.usage_hint}` : "";
}
