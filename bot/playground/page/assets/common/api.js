// Speaks with the playground: JSON out, a stream of changes in. One function for each of its paths.

// Another workspace's page is at an address of its own, and what it asks is under the same one.
const BASE = `/page${location.pathname.replace(/\/$/, "")}`;

// `message` is the status, `code` what Slack or Cal.com called it.
export class Failed extends Error {
  constructor(status, code = "") {
    super(String(status));
    this.code = code;
  }
}

async function read(answer) {
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Failed(answer.status, typeof body.error === "string" ? body.error : "");
  return body;
}

async function post(path, body) {
  const headers = { "Content-Type": "application/json" };
  return read(await fetch(`${BASE}/${path}`, { method: "POST", headers, body: JSON.stringify(body) }));
}

export const say = (body) => post("say", body);
export const edit = (body) => post("edit", body);
export const remove = (body) => post("delete", body);
export const command = (body) => post("command", body);
export const invite = (body) => post("invite", body);
export const act = (body) => post("act", body);
export const submit = (body) => post("submit", body);
export const close = (body) => post("close", body);
export const home = (body) => post("home", body);
export const shortcut = (body) => post("shortcut", body);
export const stop = (body) => post("stop", body);
export const options = (body) => post("options", body);
export const outside = (body) => post("outside", body);
export const trouble = (body) => post("trouble", body);
export const clock = (body) => post("clock", body);
export const locale = (body) => post("locale", body);
export const connect = () => post("connect", {});
export const reset = () => post("reset", {});

export const week = async (viewer, ahead) =>
  read(await fetch(`${BASE}/calendar?${new URLSearchParams({ viewer, week: String(ahead) })}`));
export const why = async () => read(await fetch(`${BASE}/why`));

// The browser reconnects by itself; the first event of every connection is the whole state.
export function follow({ onConnection, ...listeners }) {
  const stream = new EventSource(`${BASE}/events`);
  const kinds = { state: "onState", change: "onChange", views: "onViews", calendar: "onCalendar", world: "onWorld", scheduled: "onScheduled", why: "onWhy", play: "onPlay" };
  for (const [kind, name] of Object.entries(kinds)) {
    stream.addEventListener(kind, (event) => listeners[name]?.(JSON.parse(event.data)));
  }
  stream.addEventListener("open", () => onConnection?.(true));
  stream.addEventListener("error", () => onConnection?.(false));
  return stream;
}
