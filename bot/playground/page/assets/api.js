// Speaks with the playground: JSON out, a stream of changes in.

async function post(path, body) {
  const answer = await fetch(`/page/${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

export const say = (body) => post("say", body);
export const press = (body) => post("press", body);
export const command = (body) => post("command", body);
export const invite = (body) => post("invite", body);

export async function week(viewer, ahead) {
  const query = new URLSearchParams({ viewer, week: String(ahead) });
  const answer = await fetch(`/page/calendar?${query}`);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

// The browser reconnects by itself; the first event of every connection is the whole state.
export function follow({ onState, onChange, onCalendar, onConnection }) {
  const stream = new EventSource("/page/events");
  stream.addEventListener("state", (event) => onState(JSON.parse(event.data)));
  stream.addEventListener("change", (event) => onChange(JSON.parse(event.data)));
  stream.addEventListener("calendar", () => onCalendar());
  stream.addEventListener("open", () => onConnection(true));
  stream.addEventListener("error", () => onConnection(false));
  return stream;
}
