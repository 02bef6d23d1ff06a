/** What the worker does with comments to be kept: nothing, unless the user switched it on here and allowed it in the companion. */
import { isCaptureAnswer } from "../protocol/answers";
import { call } from "../protocol/client";
import type { components } from "../protocol/wire";
import { alias, commentId } from "./comment-id";
import type { CaptureReply, PageMessage, ShownRow } from "./messages";
import { reduced } from "./page-data";
import { access, failure, type PageDesk, proven, refused, unreachable } from "./page-desk";
import { RateLimit } from "./rate";
import { sanitize } from "./sanitize";

type Row = components["schemas"]["CaptureRow"];
type Request = components["schemas"]["CaptureRequest"];

/** Bytes of one request; the companion takes more, but nothing that a page shows at once is that long. */
export const LARGEST = 256_000;
const VIDEO_ID = /^\d{6,20}$/;
const HANDLE = /^[\w.-]{1,64}$/;

const batches = new RateLimit(60, 60_000); // scrolling makes some 20 a minute; a forged stream makes more

export async function capture(
  desk: PageDesk,
  message: Extract<PageMessage, { type: "capture" }>,
): Promise<CaptureReply> {
  if (!(await desk.view()).settings.features.capture || !batches.allows(Date.now())) return failure(desk, "");
  const session = await proven(desk);
  if (session === null) return unreachable(desk);
  if (!session.scopes.includes("capture")) return failure(desk, "");
  const videoId = VIDEO_ID.test(message.videoId) ? message.videoId : null;
  const rows = await Promise.all(message.rows.map((shown) => wireRow(shown, message.videoId, session.aliasKey)));
  const body: Request = {
    platform: "tiktok",
    video_id: videoId,
    creator: HANDLE.test(message.creator) ? message.creator.toLowerCase() : "",
    rows: videoId === null ? [] : rows.filter(({ text }) => text !== ""),
    embedded: reduced(message.embedded) as Request["embedded"],
  };
  if (new TextEncoder().encode(JSON.stringify(body)).length > LARGEST) return failure(desk, "");
  const outcome = await call({ ...access(session), route: "/v1/capture", body, expects: isCaptureAnswer });
  return outcome.ok ? { ok: true, fresh: outcome.body.new, known: outcome.body.seen } : refused(desk, outcome);
}

/** A row as it is sent: its writer as a pseudonym, never by handle. */
async function wireRow(
  { row, root, text, likes, time, byCreator, pinned }: ShownRow,
  videoId: string,
  key: string,
): Promise<Row> {
  return {
    id: await commentId(row, videoId, key),
    author: await alias(row.handle, key),
    text: sanitize(text),
    likes: sanitize(likes, 16),
    time: sanitize(time, 40),
    level: row.level,
    parent: root === null ? null : await commentId(root, videoId, key),
    by_creator: byCreator,
    pinned,
  };
}
