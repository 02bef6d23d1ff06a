/** A small HTTP server that speaks `/v1` for tests: real sockets, real proof, scripted misbehaviour. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expectedProof } from "../protocol/proof";

export interface Seen {
  route: string;
  authorization: string | undefined;
  body: Record<string, unknown>;
}

export type Reply = {
  status?: number;
  type?: string;
  body?: unknown;
  headers?: Record<string, string>;
  hang?: boolean;
};
type Script = (seen: Seen) => Reply | null | Promise<Reply | null>;

export const SECRETS = {
  clientId: "client-1",
  token: "t0ken-of-at-least-twenty-characters",
  aliasKey: "ab".repeat(32),
};

export class FakeCompanion {
  readonly seen: Seen[] = [];
  /** Answers instead of the usual behaviour unless it returns null. */
  script: Script = () => null;
  /** What the client may do, as the proof says. */
  scopes: () => string[] = () => ["score", "teach"];
  inFlight = 0;
  mostInFlight = 0;
  readonly #server: Server = createServer((request, response) => void this.#serve(request, response));

  async start(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return (this.#server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  asked(route: string): Seen[] {
    return this.seen.filter((seen) => seen.route === route);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.mostInFlight = Math.max(this.mostInFlight, ++this.inFlight);
    response.on("close", () => this.inFlight--);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = chunks.length === 0 ? {} : JSON.parse(Buffer.concat(chunks).toString("utf8"));
    const seen = { route: request.url ?? "", authorization: request.headers.authorization, body };
    this.seen.push(seen);
    const reply = (await this.script(seen)) ?? (await usual(seen, this.scopes()));
    if (reply.hang === true) return;
    response.writeHead(reply.status ?? 200, { "Content-Type": reply.type ?? "application/json", ...reply.headers });
    response.end(typeof reply.body === "string" ? reply.body : JSON.stringify(reply.body));
  }
}

async function usual({ route, body }: Seen, scopes: string[]): Promise<Reply> {
  switch (route) {
    case "/v1/health":
      return { body: { name: "BuySignal", version: "0.1.0", api_version: 1 } };
    case "/v1/hello":
      return {
        body: {
          proof: await expectedProof(SECRETS.token, String(body.nonce), 1),
          version: "0.1.0",
          api_version: 1,
          model: "model-1",
          scopes,
        },
      };
    case "/v1/score":
      return { body: { model: "model-1", scores: (body.comments as Asked[]).map(scoreOf) } };
    case "/v1/feedback":
      return {
        body: {
          uuid: body.uuid,
          duplicate: false,
          yours: body.action === "undo" ? null : { grade: body.grade, signal: body.signal },
        },
      };
    default:
      return { status: 404, body: { error: "not_found", message: "no such route" } };
  }
}

type Asked = { id: string; text: string };

/** A score that shows in its grade how long the text is, so that mixed-up answers are seen. */
export function scoreOf({ id, text }: Asked): object {
  const grade = 1 + (text.length % 10);
  return {
    id,
    grade,
    level: grade,
    p_high: grade / 10,
    signal: "price",
    sentiment: "neutral",
    interval: [grade, grade],
    unsure: false,
    lang: "en",
    truncated: false,
    yours: null,
  };
}
