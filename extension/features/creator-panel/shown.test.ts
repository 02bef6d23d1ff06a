/** The numbers that the page shows of the video on it. */
import { expect, it } from "vitest";
import { goTo, showFixture } from "../../lib/page.fixture";
import { countOf, shownVideo } from "./shown";

const VIDEO = "7600000000000000003";

it("reads the page's own numbers where they are about this video", () => {
  goTo(`/@shop.tests/video/${VIDEO}`);
  showFixture("page.html");
  const script = document.getElementById("__UNIVERSAL_DATA_FOR_REHYDRATION__") as HTMLElement;
  const item = {
    id: VIDEO,
    createTime: "1795900000",
    author: { uniqueId: "Shop.Tests" },
    authorStats: { followerCount: 48_200 },
    stats: { playCount: 1 },
    statsV2: { playCount: "214000", diggCount: "18300", commentCount: "-1", shareCount: 1.5 },
    video: { duration: 21 },
  };
  script.textContent = JSON.stringify({
    __DEFAULT_SCOPE__: { "webapp.video-detail": { itemInfo: { itemStruct: item } } },
  });
  expect(shownVideo(VIDEO, "")).toEqual({
    creator: "shop.tests",
    plays: 214_000,
    likes: 18_300,
    comments: 7, // what stands there instead is none, so the counter on screen stands in
    shares: null,
    saves: null,
    followers: 48_200,
    duration_s: 21,
    created_at: 1_795_900_000,
  });
  document.body.replaceChildren();
  expect(shownVideo(VIDEO, "shop.tests")).toBeNull();
});

it.each([
  ["1.2K", 1_200],
  ["3,4M", 3_400_000],
  ["1,234", 1_234],
  ["0", 0],
  ["Share", null],
  ["", null],
])("reads the count %s", (text, count) => {
  expect(countOf(text)).toBe(count);
});
