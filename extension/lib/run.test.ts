import { expect, it } from "vitest";
import { isOurPage } from "./run";
import { surfaceOf } from "./surface";

function page(origin: string, isTop = true): Parameters<typeof isOurPage>[0] {
  const self = {} as Window & typeof globalThis;
  return { location: { origin } as Location, self, top: isTop ? self : ({} as Window) };
}

it("works on TikTok's own pages in the top frame, and nowhere else", () => {
  expect(isOurPage(page("https://www.tiktok.com"))).toBe(true);
  expect(isOurPage(page("https://www.tiktok.com", false))).toBe(false);
  for (const origin of [
    "https://ads.tiktok.com",
    "https://seller.tiktok.com",
    "http://www.tiktok.com",
    "https://www.tiktok.com.evil.example",
  ])
    expect(isOurPage(page(origin))).toBe(false);
});

it.each([
  ["/@shop.tests/video/7600000000000000003", "video"],
  ["/@shop.tests/photo/7600000000000000003", "video"],
  ["/@/video/7600000000000000003", "video"],
  ["/", "feed"],
  ["/en", "feed"],
  ["/foryou", "feed"],
  ["/@shop.tests", "profile"],
  ["/search/video", "search"],
  ["/tag/lamps", "other"],
  ["/login", "other"],
])("%s is %s", (path, surface) => {
  expect(surfaceOf(path)).toBe(surface);
});
