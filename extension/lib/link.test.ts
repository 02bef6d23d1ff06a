// @vitest-environment node
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FakeCompanion, SECRETS } from "./fake-companion.fixture";
import { Companion } from "./link";
import type { Link } from "./messages";
import type { Secrets } from "./secrets";

let server: FakeCompanion;
let port: number;
let secrets: Secrets | null;
let permitted: boolean;
let shown: Link[];
let now: number;

function companion(): Companion {
  return new Companion({
    secrets: { read: async () => secrets, write: async () => {}, clear: async () => {} },
    port: async () => port,
    permitted: async () => permitted,
    changed: (link) => shown.push(link),
    random: () => 0.5,
    now: () => now,
  });
}

beforeEach(async () => {
  server = new FakeCompanion();
  port = await server.start();
  secrets = SECRETS;
  permitted = true;
  shown = [];
  now = 1_000_000;
});
afterEach(() => server.stop());

describe("connecting", () => {
  test("sends a nonce only, and gives a session once the proof is right", async () => {
    const link = companion();
    const session = await link.ensure();
    expect(session).toEqual({ ...SECRETS, port, model: "model-1", scopes: ["score", "teach"] });
    expect(link.link).toEqual({ state: "ready", model: "model-1", version: "0.1.0" });
    expect(server.seen).toHaveLength(1);
    expect(server.seen[0]?.authorization).toBeUndefined();
    expect(Object.keys(server.seen[0]?.body ?? {}).sort()).toEqual(["client_id", "nonce"]);
    await link.ensure();
    expect(server.seen).toHaveLength(1);
  });

  test("asks for the proof once where several requests come at once, and anew in every worker", async () => {
    const link = companion();
    await Promise.all([link.ensure(), link.ensure(), link.ensure()]);
    expect(server.seen).toHaveLength(1);
    await companion().ensure();
    expect(server.seen).toHaveLength(2);
    expect(server.seen[0]?.body.nonce).not.toBe(server.seen[1]?.body.nonce);
  });

  test("proves a session anew before it is used, so that a program that took the port meanwhile gets nothing", async () => {
    const link = companion();
    await link.ensure();
    expect(await link.prove()).toEqual({ ...SECRETS, port, model: "model-1", scopes: ["score", "teach"] });
    expect(server.seen).toHaveLength(2);
    server.script = () => ({ body: { proof: "0".repeat(64), version: "0.1.0", api_version: 1, model: "model-1" } });
    expect(await link.prove()).toBeNull();
    expect(link.link).toEqual({ state: "stranger" });
    expect(await link.ensure()).toBeNull();
    expect(server.seen.every((seen) => seen.route === "/v1/hello" && seen.authorization === undefined)).toBe(true);
  });

  const strangers: [string, object][] = [
    ["a wrong proof", { body: { proof: "0".repeat(64), version: "1", api_version: 1, model: "m" } }],
    ["HTML", { type: "text/html", body: "<h1>hello</h1>" }],
    ["another JSON", { body: { hello: "world" } }],
    ["an unknown route", { status: 404, body: { error: "not_found", message: "?" } }],
  ];
  test.each(strangers)("%s means that a stranger answers", async (_, reply) => {
    server.script = () => reply;
    const link = companion();
    expect(await link.ensure()).toBeNull();
    expect(link.link).toEqual({ state: "stranger" });
  });

  test("another API version is a mismatch", async () => {
    server.script = () => ({ body: { proof: "0".repeat(64), version: "9", api_version: 2, model: "m" } });
    const link = companion();
    await link.ensure();
    expect(link.link).toEqual({ state: "mismatch", theirs: 2 });
  });

  test.each([401, 403])("a hello refused with %i means that the pairing is gone", async (status) => {
    server.script = () => ({ status, body: { error: "forbidden", message: "not paired" } });
    const link = companion();
    await link.ensure();
    expect(link.link).toEqual({ state: "revoked" });
  });

  test("a redirect is not followed", async () => {
    server.script = (seen) =>
      seen.route === "/elsewhere" ? null : { status: 302, headers: { Location: "/elsewhere" }, body: {} };
    const link = companion();
    await link.ensure();
    expect(link.link.state).toBe("offline");
    expect(server.asked("/elsewhere")).toEqual([]);
  });

  test("without permission nothing is sent", async () => {
    permitted = false;
    const link = companion();
    await link.ensure();
    expect(link.link).toEqual({ state: "no-permission" });
    expect(server.seen).toEqual([]);
  });

  test("without a pairing nothing is sent, but a check asks who is there", async () => {
    secrets = null;
    const link = companion();
    await link.ensure();
    expect(link.link).toEqual({ state: "unpaired" });
    expect(server.seen).toEqual([]);
    await link.check();
    expect(server.seen.map((seen) => seen.route)).toEqual(["/v1/health"]);
    expect(link.link).toEqual({ state: "unpaired" });
    await server.stop();
    await link.check();
    expect(link.link.state).toBe("offline");
  });
});

describe("losing the companion", () => {
  test("waits longer after every failure and does not knock in between", async () => {
    await server.stop();
    const link = companion();
    await link.ensure();
    expect(link.link).toEqual({ state: "offline", retryAt: now + 2000 });
    now += 1999;
    expect(await link.ensure()).toBeNull();
    expect(shown).toHaveLength(1);
    now += 1;
    await link.ensure();
    expect(link.link).toEqual({ state: "offline", retryAt: now + 4000 });
    link.reset();
  });

  const refused = (status: number, error = "x") =>
    ({ ok: false, kind: "refused", status, problem: { error, message: "y" }, retryAfter: null }) as const;

  test.each([
    [401, "token", "revoked"],
    [403, "origin", "revoked"],
    [403, "token_origin", "revoked"],
    [500, "internal", "offline"],
  ])("a request refused with %i %s means %s", async (status, error, state) => {
    const link = companion();
    await link.ensure();
    expect(link.failed(refused(status, error))).toBe(true);
    expect(link.link.state).toBe(state);
    link.reset();
  });

  test.each([
    [403, "scope"],
    [413, "size"],
    [422, "schema"],
    [429, "budget"],
    [503, "busy"],
  ])("a request refused with %i %s changes nothing", async (status, error) => {
    const link = companion();
    await link.ensure();
    expect(link.failed(refused(status, error))).toBe(false);
    expect(link.link.state).toBe("ready");
  });

  test("an answer that arrives after a reset changes nothing", async () => {
    const link = companion();
    const late = link.ensure();
    link.reset();
    expect(await late).toBeNull();
    expect(link.link).toEqual({ state: "connecting" });
  });
});
