/** What the worker does for a tab's content script: scores, reasons, corrections, and the state to show. */
import { isExplainAnswer, isFeedbackAnswer } from "../protocol/answers";
import { call, type Outcome } from "../protocol/client";
import { contentKey, type ScoreCache } from "./cache";
import { capture } from "./capture-desk";
import { commentId } from "./comment-id";
import { hashtag } from "./hashtag-desk";
import type { Companion, Session } from "./link";
import type { ExplainReply, Failure, PageMessage, Score, ScoreReply, TeachReply, View } from "./messages";
import { outgoingComment, outgoingContext } from "./outgoing";
import { known, openCreator, quality } from "./quality-desk";
import type { Scored, ScoreQueue } from "./queue";
import { RateLimit } from "./rate";
import { keepReport } from "./reports";
import { sanitize } from "./sanitize";
import { allowShop, deed, suggest } from "./shop-desk";
import { linkSentence, problemSentence, refusalSentence } from "./status";

type Ask<T extends PageMessage["type"]> = Extract<PageMessage, { type: T }>;

export interface PageDesk {
  companion: Companion;
  cache: ScoreCache;
  queue: ScoreQueue;
  view(): Promise<View>;
}

const corrections = new RateLimit(30, 60_000); // a person cannot correct faster; a forged stream of them can

export async function answerPage(desk: PageDesk, message: PageMessage, tabId: number): Promise<unknown> {
  switch (message.type) {
    case "view":
      return desk.view();
    case "report":
      await keepReport(tabId, message.report);
      return { ok: true };
    case "score":
      return score(desk, message, tabId);
    case "explain":
      return explain(desk, message);
    case "capture":
      return capture(desk, message);
    case "known":
      return known(desk, message);
    case "quality":
      return quality(desk, message);
    case "open-creator":
      return openCreator(desk, message);
    case "hashtag":
      return hashtag(desk, message);
    case "shop":
      return suggest(desk, message);
    case "deed":
      return deed(desk, message);
    case "allow-shop":
      return allowShop(message);
    case "teach":
    case "unteach":
      return teach(desk, message);
  }
}

async function score(desk: PageDesk, message: Ask<"score">, tabId: number): Promise<ScoreReply> {
  const session = await ready(desk);
  if (session === null) return unreachable(desk);
  const context = outgoingContext(message.context);
  const comments = await Promise.all(
    message.rows.map(async (row) => outgoingComment(await commentId(row, message.videoId, session.aliasKey), row)),
  );
  await desk.cache.load();
  const known = await Promise.all(
    comments.map(async ({ id, text, parent }) =>
      desk.cache.get(id, await contentKey(text, context, parent, session.model)),
    ),
  );
  const missing = comments.filter((_, index) => known[index] === null);
  try {
    const fresh = missing.length === 0 ? [] : await desk.queue.ask(tabId, context, missing);
    return { ok: true, model: modelOf(desk), scores: merge(known, fresh) };
  } catch (reason) {
    return failure(desk, reason instanceof Error ? reason.message : String(reason));
  }
}

async function explain(desk: PageDesk, message: Ask<"explain">): Promise<ExplainReply> {
  const session = await proven(desk);
  if (session === null) return unreachable(desk);
  const body = { text: sanitize(message.text), context: outgoingContext(message.context, message.context.parent) };
  const outcome = await call({ ...access(session), route: "/v1/explain", body, expects: isExplainAnswer });
  return outcome.ok ? { ok: true, explanation: outcome.body } : refused(desk, outcome);
}

async function teach(desk: PageDesk, message: Ask<"teach"> | Ask<"unteach">): Promise<TeachReply> {
  if (!corrections.allows(Date.now())) return failure(desk, problemSentence("corrections"));
  const session = await proven(desk);
  if (session === null) return unreachable(desk);
  const { uuid, videoId, row } = message;
  const id = await commentId(row, videoId, session.aliasKey);
  const body = {
    uuid,
    platform: "tiktok",
    comment_id: id,
    video_id: videoId,
    text: sanitize(row.text),
    context: outgoingContext(message.context, row.parent),
    ...(message.type === "teach"
      ? { action: "set", grade: message.grade, signal: message.signal, suggestion: message.suggestion }
      : { action: "undo", undoes: message.undoes }),
  };
  const outcome = await call({ ...access(session), route: "/v1/feedback", body, expects: isFeedbackAnswer });
  if (!outcome.ok) return refused(desk, outcome);
  await desk.cache.load();
  desk.cache.setYours(id, outcome.body.yours);
  return { ok: true, uuid, yours: outcome.body.yours };
}

/** Keeps an answered score; the queue calls it for each, before those who asked get it. */
export async function keepScore(
  { companion, cache }: Pick<PageDesk, "companion" | "cache">,
  { score, comment, context, model, askedAt }: Scored,
): Promise<Score> {
  companion.noteModel(model);
  return cache.put(await contentKey(comment.text, context, comment.parent, model), score, askedAt);
}

export function access(session: Session): { port: number; token: string } {
  return { port: session.port, token: session.token };
}

async function ready(desk: PageDesk): Promise<Session | null> {
  return (await desk.view()).settings.paused ? null : desk.companion.ensure();
}

/** As `ready`, for what is sent right away. */
export async function proven(desk: PageDesk): Promise<Session | null> {
  return (await ready(desk)) === null ? null : desk.companion.prove();
}

/** Known scores with the gaps filled, in order, from `fresh`. */
function merge(known: (Score | null)[], fresh: Score[]): Score[] {
  const rest = fresh.values();
  return known.map((score) => score ?? (rest.next().value as Score));
}

function modelOf({ companion: { link } }: PageDesk): string {
  return link.state === "ready" ? link.model : "";
}

export async function unreachable(desk: PageDesk): Promise<Failure> {
  const paused = (await desk.view()).settings.paused;
  return failure(desk, paused ? problemSentence("paused") : linkSentence(desk.companion.link));
}

export function refused(desk: PageDesk, outcome: Outcome<unknown> & { ok: false }): Failure {
  const isLink = desk.companion.failed(outcome);
  const isRefused = outcome.kind === "refused" && !isLink;
  return failure(desk, isRefused ? refusalSentence(outcome.problem) : linkSentence(desk.companion.link));
}

export function failure(desk: PageDesk, message: string): Failure {
  return { ok: false, link: desk.companion.link, message };
}
