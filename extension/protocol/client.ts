/**
 * The one HTTP client. It calls constant routes on 127.0.0.1 only; nothing in a URL, method or header comes
 * from a message, and no redirect is followed.
 */
import type { Guard } from "../lib/guards";
import { isProblem } from "./answers";
import type { components } from "./wire";

export type Problem = components["schemas"]["Problem"];
export type Route =
  | "/v1/health"
  | "/v1/pair"
  | "/v1/hello"
  | "/v1/score"
  | "/v1/explain"
  | "/v1/feedback"
  | "/v1/capture"
  | "/v1/video"
  | "/v1/creator"
  | "/v1/hashtags/map"
  | "/v1/shop/related"
  | "/v1/shop/event"
  | "/v1/notices";

/** `offline`: nobody answered in time. `stranger`: not our companion. `refused`: it answered with a problem. */
export type Outcome<T> =
  | { ok: true; body: T }
  | { ok: false; kind: "offline" | "stranger" }
  | { ok: false; kind: "refused"; status: number; problem: Problem; retryAfter: number | null };

export interface Call<T> {
  port: number;
  route: Route;
  /** Absent for the one GET, `/v1/health`. */
  body?: object;
  token?: string;
  expects: Guard<T>;
  timeout?: number;
}

export const TIMEOUT = 5_000;
const LARGEST_ANSWER = 4_000_000; // bytes; 100 scores are about 30 KB, so anything near this is no companion

/** Calls the companion; never throws. */
export async function call<T>(wanted: Call<T>): Promise<Outcome<T>> {
  try {
    const response = await fetch(`http://127.0.0.1:${wanted.port}${wanted.route}`, request(wanted));
    if (!isJson(response)) {
      await response.body?.cancel();
      return { ok: false, kind: "stranger" };
    }
    return judge(response, parse(await readText(response)), wanted.expects);
  } catch {
    return { ok: false, kind: "offline" }; // refused connection, time-out, redirect, aborted body
  }
}

function request<T>({ body, token, timeout }: Call<T>): RequestInit {
  return {
    redirect: "error",
    credentials: "omit",
    cache: "no-store",
    referrerPolicy: "no-referrer",
    signal: AbortSignal.timeout(timeout ?? TIMEOUT),
    ...(body === undefined
      ? { method: "GET" }
      : {
          method: "POST",
          body: JSON.stringify(body),
          headers: {
            "Content-Type": "application/json",
            ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
          },
        }),
  };
}

function judge<T>(response: Response, body: unknown, expects: Guard<T>): Outcome<T> {
  if (response.ok) return expects(body) ? { ok: true, body } : { ok: false, kind: "stranger" };
  if (!isProblem(body)) return { ok: false, kind: "stranger" };
  const retryAfter = Number.parseInt(response.headers.get("Retry-After") ?? "", 10);
  return {
    ok: false,
    kind: "refused",
    status: response.status,
    problem: body,
    retryAfter: Number.isNaN(retryAfter) ? null : Math.max(0, retryAfter),
  };
}

function isJson(response: Response): boolean {
  return /^application\/json\s*(;|$)/i.test(response.headers.get("Content-Type") ?? "");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The body as text; stops reading at `LARGEST_ANSWER` bytes, which then parses as nothing. */
async function readText(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) return "";
  const decoder = new TextDecoder();
  let text = "";
  for (let size = 0; ; ) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.length;
    if (size > LARGEST_ANSWER) {
      await reader.cancel();
      return "";
    }
    text += decoder.decode(value, { stream: true });
  }
}
