/** What the page itself shows of a creator whom the companion does not know. */
import { expect, it, vi } from "vitest";
import { panelScene } from "./panel.fixture";

const scene = panelScene();
const UNKNOWN = {
  ...{ handle: "shop.tests", id: "", known: false, followers: null, videos: 0 },
  ...{ intent: null, score: null, latest: null, tip: null, badge: null },
};

function tile(video: string, views: string, handle = "shop.tests"): string {
  const counter = `<strong data-e2e="video-views">${views}</strong>`;
  return `<div data-e2e="user-post-item"><a href="/@${handle}/video/760000000000000000${video}">${counter}</a></div>`;
}

it("tells of an unknown creator what the page itself lists, and that it is no more", async () => {
  scene.it.reply = { ok: true, model: "m", video: null, creator: UNKNOWN };
  await scene.it.showProfile();
  expect(scene.it.unfold()).toContain("the page shows no numbers");
  document.body.insertAdjacentHTML(
    "beforeend",
    `<strong data-e2e="followers-count">12.5K</strong>
    ${tile("1", "2.4K")}${tile("2", "800")}${tile("3", "1.1M")}${tile("4", "9", "other.tests")}`,
  );
  await vi.advanceTimersByTimeAsync(1_100);
  const text = scene.it.shown;
  for (const words of [
    "12,500 followers",
    "3 videos listed, half of them with 2,400 views or more",
    "19 views for 100 followers",
  ])
    expect(text).toContain(words);
  expect(scene.it.panel.querySelector("footer")).toBeNull();
});
