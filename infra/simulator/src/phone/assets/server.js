// Talks to the simulator: what is there, what changes, what the person does.

/** A request that was refused or never arrived; `message` can be shown. */
class Refused extends Error {}

async function request(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Refused("the simulator cannot be reached");
  }
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    throw new Refused(problem.detail ?? `the simulator answered ${response.status}`);
  }
  return response.status === 204 ? null : response.json();
}

const post = (path, body) =>
  request(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

/** Everything the page shows. */
export const load = () => request("/phone/state");

/** Sends a message; the simulator gives it back with its id among the changes. */
export const send = (persona, content, contextId, draftId) =>
  post("/phone/messages", { persona, content, context_id: contextId ?? null, draft_id: draftId });

/** Tries a failed message again. */
export const retry = (persona, id) => post("/phone/retry", { persona, id });

/** Pays the order of a message. */
export const pay = (persona, id) => post("/phone/pay", { persona, id });

/** Says that a chat is on the screen. */
export const read = (persona) => post("/phone/read", { persona });

/** Uploads a file and gives the part of a message that names it. */
export const upload = (file) =>
  request("/phone/media", { method: "POST", headers: { "content-type": file.type || "application/octet-stream" }, body: file });

/** Follows changes for ever; `onOpen` after every (re)connection, `onLost` when it breaks. */
export function follow({ onOpen, onChange, onLost }) {
  let source;
  let pause = 500;
  const connect = () => {
    source = new EventSource("/phone/events");
    source.onopen = () => {
      pause = 500;
      onOpen();
    };
    source.onmessage = (event) => onChange(JSON.parse(event.data));
    source.onerror = () => {
      // The browser's own reconnecting gives up on some errors and tells nobody: ours does not.
      source.close();
      onLost();
      setTimeout(connect, pause);
      pause = Math.min(pause * 2, 5_000);
    };
  };
  connect();
  addEventListener("pagehide", () => source.close());
  addEventListener("pageshow", (event) => event.persisted && connect());
}
