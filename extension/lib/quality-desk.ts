/** What the worker does for a tab that asks what is known of videos and creators. Nothing of it is kept. */
import { browser } from "wxt/browser";
import { type AnsweredCreator, type AnsweredVideo, isCreatorAnswer, isVideoAnswer } from "../protocol/answers";
import { call } from "../protocol/client";
import type { CreatorQuality, KnownReply, OpenReply, PageMessage, QualityReply, VideoQuality } from "./messages";
import { access, failure, type PageDesk, proven, refused, unreachable } from "./page-desk";
import { RateLimit } from "./rate";

type Ask<T extends PageMessage["type"]> = Extract<PageMessage, { type: T }>;

const looks = new RateLimit(120, 60_000); // a person scrolls past fewer screens of tiles; a forged stream asks for more
const openings = new RateLimit(10, 60_000); // a page must not be able to open tabs without end

/** Stored rates of videos and creators on a page. */
export async function known(desk: PageDesk, { videoIds, handles }: Ask<"known">): Promise<KnownReply> {
  if (!looks.allows(Date.now())) return failure(desk, "");
  const reply: KnownReply & { ok: true } = { ok: true, videos: [], creators: [] };
  if (videoIds.length > 0) {
    const videos = await videoAnswer(desk, { platform: "tiktok", video_ids: videoIds }, videoIds);
    if (!videos.ok) return videos;
    reply.videos = videos.body.videos.map(wholeVideo);
  }
  if (handles.length > 0) {
    const creators = await creatorAnswer(desk, { platform: "tiktok", handles }, handles);
    if (!creators.ok) return creators;
    reply.creators = creators.body.creators.map(wholeCreator);
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
    reply.video = found.body.videos.map(wholeVideo)[0] ?? null;
  }
  if (handle !== "") {
    const found = await creatorAnswer(desk, { platform: "tiktok", handles: [handle], detail: true }, [handle]);
    if (!found.ok) return found;
    reply.model = found.body.model;
    reply.creator = found.body.creators.map(wholeCreator)[0] ?? null;
  }
  return reply;
}

/** The creator's own page in the companion, in a new tab. A page names the creator; where that page is, the companion says. */
export async function openCreator(desk: PageDesk, { handle }: Ask<"open-creator">): Promise<OpenReply> {
  if (!openings.allows(Date.now())) return failure(desk, "");
  const found = await creatorAnswer(desk, { platform: "tiktok", handles: [handle] }, [handle]);
  if (!found.ok) return found;
  const id = found.body.creators[0]?.id ?? "";
  const session = await proven(desk);
  if (id === "" || session === null) return unreachable(desk);
  await browser.tabs.create({ url: `http://127.0.0.1:${session.port}/creators/tiktok/${encodeURIComponent(id)}` });
  return { ok: true };
}

function wholeVideo(video: AnsweredVideo): VideoQuality {
  return { chance: null, tip: null, looked: 0, unclear: 0, ...video };
}

function wholeCreator(creator: AnsweredCreator): CreatorQuality {
  return { id: "", followers: null, videos: 0, latest: null, tip: null, badge: null, ...creator };
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
