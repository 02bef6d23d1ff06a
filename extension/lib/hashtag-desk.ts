/** What the worker does for a tab that asks where the hashtag of its page leads. Nothing of it is kept. */
import { isHashtagAnswer } from "../protocol/answers";
import { call } from "../protocol/client";
import type { HashtagReply, PageMessage } from "./messages";
import { access, failure, type PageDesk, proven, refused, unreachable } from "./page-desk";
import { RateLimit } from "./rate";
import { sanitize } from "./sanitize";

const LONGEST = 200; // code points, as companion/api/hashtags_wire.py says

const looks = new RateLimit(30, 60_000); // one page after another, and again while the companion is not ready

export async function hashtag(
  desk: PageDesk,
  { tag }: Extract<PageMessage, { type: "hashtag" }>,
): Promise<HashtagReply> {
  if (!(await desk.view()).settings.features["hashtag-panel"] || !looks.allows(Date.now())) return failure(desk, "");
  const asked = sanitize(tag, LONGEST);
  if (asked === "") return failure(desk, "");
  const session = await proven(desk);
  if (session === null) return unreachable(desk);
  const body = { tags: [asked] };
  const outcome = await call({ ...access(session), route: "/v1/hashtags/map", body, expects: isHashtagAnswer });
  return outcome.ok ? { ok: true, found: outcome.body.tags[0] ?? null } : refused(desk, outcome);
}
