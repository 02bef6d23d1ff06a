/** What the worker does for a tab that asks what is known of videos and creators. Nothing of it is kept. */
import { isCreatorAnswer, isVideoAnswer } from "../protocol/answers";
import { call } from "../protocol/client";
import type { KnownReply, PageMessage, QualityReply } from "./messages";
import { access, failure, type PageDesk, proven, refused, unreachable } from "./page-desk";
import { RateLimit } from "./rate";

type Ask<T extends PageMessage["type"]> = Extract<PageMessage, { type: T }>;

const looks = new RateLimit(120, 60_000); // a person scrolls past fewer screens of tiles; a forged stream asks for more

/** Stored rates of videos and creators on a page. */
export async function known(desk: PageDesk, { videoIds, handles }: Ask<"known">): Promise<KnownReply> {
  if (!looks.allows(Date.now())) return failure(desk, "");
  const reply: KnownReply & { ok: true } = { ok: true, videos: [], creators: [] };
  if (videoIds.length > 0) {
    const videos = await videoAnswer(desk, { platform: "tiktok", video_ids: videoIds }, videoIds);
    if (!videos.ok) return videos;
    reply.videos = videos.body.videos;
  }
  if (handles.length > 0) {
    const creators = await creatorAnswer(desk, { platform: "tiktok", handles }, handles);
    if (!creators.ok) return creators;
    reply.creators = creators.body.creators;
  }
  return reply;
}

/** One video and its creator closely. */
export async function quality(desk: PageDesk, { videoId, handle, shown }: Ask<"quality">): Promise<QualityReply> {
  if (!looks.allows(Date.now())) return failure(desk, "");
  const reply: QualityReply & { ok: true } = { ok: true, model: "", video: null, creator: null };
  if (videoId !== "") {
    const asked = { platform: "tiktok", video_ids: [videoId], detail: true, ...(shown === null ? {} : { shown }) };
    const found = await videoAnswer(desk, asked, [videoId]);
    if (!found.ok) return found;
    reply.model = found.body.model;
    reply.video = found.body.videos[0] ?? null;
  }
  if (handle !== "") {
    const found = await creatorAnswer(desk, { platform: "tiktok", handles: [handle], detail: true }, [handle]);
    if (!found.ok) return found;
    reply.model = found.body.model;
    reply.creator = found.body.creators[0] ?? null;
  }
  return reply;
}

async function videoAnswer(desk: PageDesk, body: object, ids: readonly string[]) {
  const session = await proven(desk);
  if (session === null) return unreachable(desk);
  const outcome = await call({ ...access(session), route: "/v1/video", body, expects: isVideoAnswer(ids) });
  return outcome.ok ? outcome : refused(desk, outcome);
}

async function creatorAnswer(desk: PageDesk, body: object, handles: readonly string[]) {
  const session = await proven(desk);
  if (session === null) return unreachable(desk);
  const outcome = await call({ ...access(session), route: "/v1/creator", body, expects: isCreatorAnswer(handles) });
  return outcome.ok ? outcome : refused(desk, outcome);
}
