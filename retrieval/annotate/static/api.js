// Requests to the server. Every failure is an ApiError with a sentence for the person; status 0: it does not answer.

export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function answer(address, options) {
  let response;
  try {
    response = await fetch(address, options);
  } catch {
    throw new ApiError(0, "The server does not answer. Start the command again; this page goes on by itself.");
  }
  if (response.ok) return response;
  let message = `The server answered with an error (${response.status}).`;
  try {
    message = (await response.json()).error || message;
  } catch { /* not JSON: the sentence above stands */ }
  throw new ApiError(response.status, message);
}

export async function get(address) {
  return (await answer(address)).json();
}

export async function bytes(address, signal) {
  return (await answer(address, { signal })).arrayBuffer();
}

export async function send(method, address, body, keepalive = false) {
  const headers = { "Content-Type": "application/json" };
  return (await answer(address, { method, headers, body: JSON.stringify(body), keepalive })).json();
}
