// Talking to BuySignal: one way to ask, three ways to fail.

/** Nobody answered, or not sensibly; asking again later may help. */
export class UnreachableError extends Error {}

/** The session is over: the person has to sign in again. */
export class SignedOutError extends Error {}

/** The request itself is not accepted; repeating it would not help. */
export class RefusedError extends Error {}

const PATIENCE = 15_000; // ms; a local server that takes longer is not there

/** Asks the labeling API below `base` in the session that `token` belongs to. */
export class Wire {
  constructor(base, token) {
    this.base = base;
    this.token = token;
  }

  get(path) {
    return this.#ask(path, { method: "GET" });
  }

  post(path, message) {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.token };
    return this.#ask(path, { method: "POST", headers, body: JSON.stringify(message) });
  }

  /** A last word while the page goes away; nobody hears the answer. */
  leave(path, message) {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.token };
    fetch(this.base + path, { method: "POST", headers, body: JSON.stringify(message), keepalive: true }).catch(() => {});
  }

  async #ask(path, options) {
    let answer;
    try {
      answer = await fetch(this.base + path, { ...options, redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
    } catch (error) {
      throw new UnreachableError(String(error));
    }
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) throw new SignedOutError("signed out");
    if (answer.status >= 500 || answer.status === 429) throw new UnreachableError(`status ${answer.status}`);
    let body;
    try {
      body = await answer.json();
    } catch (error) {
      if (!answer.ok) throw new RefusedError(`BuySignal answered ${answer.status}`);
      throw new UnreachableError(String(error));
    }
    if (!answer.ok) throw new RefusedError(body.message ?? body.error?.message ?? body.error ?? `BuySignal answered ${answer.status}`);
    return body;
  }
}
