/** What the page itself shows of a creator: followers, and the views of the videos that it lists. */
import { h } from "../../lib/dom";
import { plural, t } from "../../lib/i18n";
import type { ShownVideo } from "../../lib/messages";
import { subjectOf } from "../../lib/page-data";
import { first, PAGE } from "../../lib/surface";
import { tileOf, tilesIn } from "../../lib/tiles";
import { grouped } from "./numbers";
import { countOf, inside, whole } from "./shown";

/** `views`: those of the video on the page, or of each listed one of the creator, where the page says. */
export interface PageFacts {
  of: "video" | "profile";
  followers: number | null;
  views: number[];
}

/** A profile as it stands on screen: its own data where that is about this creator, and what it lists. */
export function profileFacts(handle: string): PageFacts {
  const user = inside(subjectOf(location.pathname, ""), "webapp.user-detail", "userInfo");
  const told = whole((inside(user, "statsV2") ?? inside(user, "stats"))?.followerCount);
  const shown = countOf(first(document, PAGE.followerCount)?.textContent ?? "");
  const tiles = new Map<string, number>();
  for (const element of tilesIn(document)) {
    const tile = tileOf(element);
    const views = countOf(first(element, PAGE.tileViews)?.textContent ?? "");
    if (tile !== null && tile.handle === handle && views !== null) tiles.set(tile.videoId, views);
  }
  return { of: "profile", followers: told ?? shown, views: [...tiles.values()] };
}

/** On a video's page: what it says beside the video. */
export function videoFacts(shown: ShownVideo | null): PageFacts {
  const plays = shown?.plays ?? null;
  return { of: "video", followers: shown?.followers ?? null, views: plays === null ? [] : [plays] };
}

/** The facts in words, and that nothing else is known. */
export function factsSection({ of, followers, views }: PageFacts): HTMLElement {
  const middle = median(views);
  const lines = [
    followers === null ? "" : plural("quality_followers", followers),
    middle === null
      ? ""
      : of === "video"
        ? plural("quality_views", middle)
        : plural("quality_listed", views.length, grouped(middle)),
    middle === null || !followers ? "" : t("quality_reach", grouped(Math.round((100 * middle) / followers))),
  ].filter((line) => line !== "");
  return h(
    "section",
    { class: "facts" },
    h("p", {}, t(lines.length === 0 ? "quality_unknown_empty" : "quality_unknown")),
    lines.length === 0 ? null : h("ul", {}, ...lines.map((line) => h("li", {}, line))),
    h("p", { class: "muted" }, t("quality_unknown_next")),
  );
}

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  return upper === undefined || lower === undefined ? null : Math.round((upper + lower) / 2);
}
