/** What the worker does for the extension's own pages: pairing, settings, deletion, diagnostics. */
import { isNoticesAnswer, isPairAnswer } from "../protocol/answers";
import { call } from "../protocol/client";
import type { ScoreCache } from "./cache";
import { diagnostics } from "./diagnostics";
import { t } from "./i18n";
import type { Companion } from "./link";
import type { AdminMessage, NoticesReply, PairReply, Settings, View } from "./messages";
import type { ScoreQueue } from "./queue";
import { reportOf } from "./reports";
import type { Router } from "./router";
import type { SecretStore } from "./secrets";
import { changeSettings } from "./settings";
import { forgetAll } from "./wipe";

export interface AdminDesk {
  companion: Companion;
  cache: ScoreCache;
  queue: ScoreQueue;
  secrets: SecretStore;
  dropped(): Router["dropped"];
  view(): Promise<View>;
  /** Tells tabs and pages that settings or link changed. */
  announce(): Promise<void>;
}

export async function answerAdmin(desk: AdminDesk, message: AdminMessage): Promise<unknown> {
  switch (message.type) {
    case "view":
      return desk.view();
    case "check":
      await desk.companion.check();
      return desk.view();
    case "report-of":
      return reportOf(message.tabId);
    case "notices":
      return notices(desk);
    case "settings":
      return settings(desk, message.change);
    case "pair":
      return pair(desk, message.code, message.name);
    case "unpair":
      await desk.secrets.clear();
      await desk.cache.clear();
      return again(desk);
    case "forget":
      await forgetAll(desk);
      return again(desk);
    case "diagnostics":
      return { ok: true, text: await diagnostics(desk) };
  }
}

/** Asked when the popup opens; the companion proves itself first, as before every request with the token. */
async function notices({ companion }: AdminDesk): Promise<NoticesReply> {
  const session = await companion.prove();
  if (session === null) return [];
  const { port, token } = session;
  const outcome = await call({ port, token, route: "/v1/notices", body: {}, expects: isNoticesAnswer });
  return outcome.ok ? outcome.body.notices : [];
}

async function settings(desk: AdminDesk, change: Partial<Settings>): Promise<View> {
  const before = (await desk.view()).settings.port;
  const { port } = await changeSettings(change);
  if (port !== before) {
    desk.companion.reset();
    await desk.companion.check();
  }
  await desk.announce();
  return desk.view();
}

async function again(desk: AdminDesk): Promise<View> {
  desk.companion.reset();
  await desk.companion.check();
  await desk.announce();
  return desk.view();
}

/** Trades the code on the companion's start page for a token, then asks for its proof at once. */
async function pair(desk: AdminDesk, code: string, name: string): Promise<PairReply> {
  const { port } = (await desk.view()).settings;
  const plainCode = code.replace(/[\s-]/g, "").toUpperCase();
  const outcome = await call({ port, route: "/v1/pair", body: { code: plainCode, name }, expects: isPairAnswer });
  if (!outcome.ok)
    return refusal(outcome.kind === "refused" ? reasonOf(outcome.status, outcome.problem.error) : outcome.kind);
  const { token, client_id, alias_key } = outcome.body;
  await desk.cache.clear();
  await desk.secrets.write({ token, clientId: client_id, aliasKey: alias_key });
  desk.companion.reset();
  await desk.companion.check();
  await desk.announce();
  return { ok: true };
}

type Reason = (PairReply & { ok: false })["reason"];

function reasonOf(status: number, error: string): Reason {
  if (status === 429) return "limited";
  if (status === 403) return error === "pairing_code" ? "wrong-code" : "closed";
  if (status === 400 || status === 422) return "invalid";
  return "stranger";
}

function refusal(reason: Reason): PairReply {
  const messages: Record<Reason, string> = {
    "wrong-code": t("pair_error_wrong"),
    closed: t("pair_error_closed"),
    offline: t("pair_error_offline"),
    stranger: t("pair_error_stranger"),
    invalid: t("pair_error_invalid"),
    limited: t("pair_error_limited"),
  };
  return { ok: false, reason, message: messages[reason] };
}
