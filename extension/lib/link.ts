/**
 * The state of our link to the companion. Nothing but a nonce is sent before the companion has proved, anew for each
 * request that carries a token, that it is the one we paired with.
 */
import { API_VERSION, isHealth, isHelloAnswer } from "../protocol/answers";
import { call, type Outcome } from "../protocol/client";
import { freshNonce, proves } from "../protocol/proof";
import { backoff } from "./backoff";
import type { Link } from "./messages";
import type { SecretStore, Secrets } from "./secrets";

/** What a caller needs for an authorised request. */
export interface Session extends Secrets {
  port: number;
  model: string;
  /** What the companion lets this browser do, as it said with its last proof. */
  scopes: readonly string[];
}

export interface LinkOptions {
  secrets: SecretStore;
  port(): Promise<number>;
  /** Whether the user still grants the hosts we need. */
  permitted(): Promise<boolean>;
  changed(link: Link): void;
  random?: () => number;
  now?: () => number;
}

export class Companion {
  #link: Link = { state: "connecting" };
  #session: Session | null = null;
  #connecting: Promise<Session | null> | null = null;
  #failures = 0;
  #nextTry = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #era = 0; // grows with every reset, so that an answer to an older question changes nothing

  constructor(private readonly options: LinkOptions) {}

  get link(): Link {
    return this.#link;
  }

  /** Whether the companion said with its last proof that this browser may do that. */
  allows(scope: string): boolean {
    return this.#session?.scopes.includes(scope) ?? false;
  }

  /** A session that was proven at some time, connecting first if it is time to; null where there is none (see `link`). */
  async ensure(): Promise<Session | null> {
    if (this.#session !== null) return this.#session;
    if (this.#connecting === null && this.#now() < this.#nextTry) return null;
    return this.#connect(false);
  }

  /**
   * A session proven at this moment; null where there is none. For the moment before a token or a comment is sent:
   * the companion may have stopped since the last proof, and another program may have taken its port.
   */
  async prove(): Promise<Session | null> {
    return this.#session === null ? this.ensure() : this.#connect(false);
  }

  /** Looks for the companion now, whatever the back-off says; without a pairing it only asks who is there. */
  async check(): Promise<Link> {
    await this.#connect(true);
    return this.#link;
  }

  /** Forgets the session: after pairing, unpairing, or a change of port. */
  reset(): void {
    this.#era++;
    this.#session = null;
    this.#connecting = null;
    this.#failures = 0;
    this.#nextTry = 0;
    clearTimeout(this.#timer);
    this.#show({ state: "connecting" });
  }

  /** The answers now come from another model. */
  noteModel(model: string): void {
    if (this.#session === null || this.#link.state !== "ready" || this.#session.model === model) return;
    this.#session = { ...this.#session, model };
    this.#show({ ...this.#link, model });
  }

  /**
   * An authorised request went wrong. True where that concerns the link (nothing else needs to be tried now);
   * a mere refusal of one request changes nothing.
   */
  failed(outcome: Outcome<unknown>): boolean {
    if (outcome.ok) return false;
    const state = outcome.kind === "refused" ? meaning(outcome) : outcome.kind;
    if (state === null) return false;
    this.#lose(state);
    return true;
  }

  #connect(announce: boolean): Promise<Session | null> {
    if (this.#connecting === null) {
      const era = this.#era;
      const attempt = this.#attempt(era, announce).finally(() => {
        if (this.#connecting === attempt) this.#connecting = null;
      });
      this.#connecting = attempt;
    }
    return this.#connecting;
  }

  async #attempt(era: number, announce: boolean): Promise<Session | null> {
    const [permitted, secrets, port] = await Promise.all([
      this.options.permitted(),
      this.options.secrets.read(),
      this.options.port(),
    ]);
    if (era !== this.#era) return null;
    if (!permitted) return this.#lose("no-permission");
    if (secrets === null) return announce ? this.#whoIsThere(port, era) : this.#lose("unpaired");
    return this.#hello(secrets, port, era);
  }

  async #whoIsThere(port: number, era: number): Promise<null> {
    const outcome = await call({ port, route: "/v1/health", expects: isHealth });
    if (era !== this.#era) return null;
    if (!outcome.ok) return this.#lose(outcome.kind === "refused" ? "stranger" : outcome.kind);
    if (outcome.body.api_version !== API_VERSION) return this.#mismatch(outcome.body.api_version);
    return this.#lose("unpaired");
  }

  async #hello(secrets: Secrets, port: number, era: number): Promise<Session | null> {
    const nonce = freshNonce();
    const body = { client_id: secrets.clientId, nonce };
    const outcome = await call({ port, route: "/v1/hello", body, expects: isHelloAnswer });
    if (era !== this.#era) return null;
    if (!outcome.ok) return this.#lose(outcome.kind === "refused" ? refusal(outcome.status) : outcome.kind);
    const { api_version, proof, version, model, scopes = [] } = outcome.body;
    if (api_version !== API_VERSION) return this.#mismatch(api_version);
    if (!(await proves(proof, secrets.token, nonce, api_version))) return this.#lose("stranger");
    if (era !== this.#era) return null;
    this.#failures = 0;
    const before = String(this.#session?.scopes ?? []);
    this.#session = { ...secrets, port, model, scopes };
    if (!this.#show({ state: "ready", model, version }) && before !== String(scopes)) this.options.changed(this.#link);
    return this.#session;
  }

  #mismatch(theirs: number): null {
    this.#wait();
    this.#show({ state: "mismatch", theirs });
    return null;
  }

  #lose(state: "offline" | "stranger" | "revoked" | "unpaired" | "no-permission"): null {
    this.#session = null;
    if (state === "unpaired" || state === "no-permission") this.#failures = 0;
    else this.#wait();
    this.#show(state === "offline" ? { state, retryAt: this.#nextTry } : { state });
    return null;
  }

  /** Plans the next attempt; where the worker is stopped before it, the next request from a page makes it. */
  #wait(): void {
    const delay = backoff(++this.#failures, (this.options.random ?? Math.random)());
    this.#nextTry = this.#now() + delay;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#connect(false), delay);
  }

  /** False where nothing is new. */
  #show(link: Link): boolean {
    if (JSON.stringify(link) === JSON.stringify(this.#link)) return false;
    this.#link = link;
    this.options.changed(link);
    return true;
  }

  #now(): number {
    return (this.options.now ?? Date.now)();
  }
}

/** What a refused request with a token says about the link. A revoked pairing's origin is unknown too: 403 before 401. */
function meaning({ status, problem }: Extract<Outcome<unknown>, { kind: "refused" }>): "revoked" | "offline" | null {
  if (status === 401 || (status === 403 && problem.error !== "scope")) return "revoked";
  return status >= 500 && status !== 503 ? "offline" : null;
}

/** What a refused `/v1/hello` means: it needs no token, so 401 and 403 say that the pairing is gone. */
function refusal(status: number): "revoked" | "offline" | "stranger" {
  if (status === 401 || status === 403) return "revoked";
  return status === 429 || status >= 500 ? "offline" : "stranger";
}
