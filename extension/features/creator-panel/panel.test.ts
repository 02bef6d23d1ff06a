/** When the panel asks, what stands on its pill, and how it gives way. */
import { expect, it, vi } from "vitest";
import { takeCorner } from "../../lib/corner";
import type { QualityReply } from "../../lib/messages";
import { goTo } from "../../lib/page.fixture";
import { PROFILE, panelScene, REPLY, VIDEO, VIEW } from "./panel.fixture";

const scene = panelScene();

it("asks once for the video, its creator and with what the page itself shows", async () => {
  await scene.it.showVideo();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(scene.it.sent).toEqual([
    {
      type: "quality",
      videoId: VIDEO,
      handle: "shop.tests",
      shown: expect.objectContaining({ creator: "shop.tests", comments: 7, plays: null }),
    },
  ]);
});

it("shows the creator's rate with n on the pill, and says in the title what it means", async () => {
  await scene.it.showVideo();
  expect(scene.it.pill.textContent).toContain("25\u00a0% · 20");
  expect(scene.it.pill.title).toContain("5 of 20 comments stored under this creator's videos");
});

it("shows the score on the pill where no comment is graded, and says of a partial one that it is and what it lacks", async () => {
  scene.it.reply = { ...PROFILE, creator: { ...REPLY.creator, intent: null } };
  await scene.it.showProfile();
  expect(scene.it.pill.textContent).toContain("61/100 · partial");
  expect(scene.it.pill.title).toContain("Score 61 of 100. Partial: without “Talks with commenters”. ");
});

it("says nothing of the kind of a score that has all its parts", async () => {
  const score = { ...REPLY.creator.score, partial: false, parts: [] };
  scene.it.reply = { ...PROFILE, creator: { ...REPLY.creator, intent: null, score } };
  await scene.it.showProfile();
  expect(scene.it.pill.textContent).toMatch(/61\/100[^·]*$/);
  expect(scene.it.pill.title).toMatch(/^Score 61 of 100\. \w/);
  expect(scene.it.pill.title).not.toContain("Partial");
});

it("builds nothing anew while it would say the same", async () => {
  scene.it.reply = PROFILE;
  await scene.it.showProfile();
  scene.it.unfold();
  const part = scene.it.number("Better than expected");
  await vi.advanceTimersByTimeAsync(5_000);
  expect(part.isConnected).toBe(true);
});

it("opens the creator's own page in the companion, and says when that fails", async () => {
  scene.it.reply = PROFILE;
  await scene.it.showProfile();
  scene.it.unfold();
  scene.it.press(".open");
  await vi.advanceTimersByTimeAsync(10);
  expect(scene.it.opened).toEqual(["shop.tests"]);
  expect(scene.it.panel.querySelector("footer")?.textContent).toContain("Too many pages; wait a moment.");
});

it("steps aside while the video's own panel is unfolded in the same corner", async () => {
  await scene.it.showVideo();
  scene.it.unfold();
  takeCorner(true);
  expect((scene.it.panel.querySelector(".frame") as HTMLElement).hidden).toBe(true);
  takeCorner(false);
  expect((scene.it.panel.querySelector(".frame") as HTMLElement).hidden).toBe(false);
  expect(scene.it.pill.getAttribute("aria-expanded")).toBe("false");
});

it("asks again a while after nobody answered", async () => {
  scene.it.reply = { ok: false, link: VIEW.link, message: "Too many requests; wait a moment." };
  await scene.it.showProfile();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(scene.it.sent).toHaveLength(1);
  scene.it.reply = REPLY;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(scene.it.sent).toHaveLength(2);
  expect(scene.it.pill.textContent).toContain("25\u00a0% · 20");
});

it("follows from one profile to the next, and says what hinders", async () => {
  const refusal: QualityReply = { ok: false, link: VIEW.link, message: "Too many requests; wait a moment." };
  const visit = await scene.it.showProfile();
  goTo("/@cook.tests");
  await vi.advanceTimersByTimeAsync(1_100);
  expect(scene.it.sent.map(({ videoId, handle, shown }) => [videoId, handle, shown])).toEqual([
    ["", "shop.tests", null],
    ["", "cook.tests", null],
  ]);
  visit.update({ ...VIEW, link: { state: "unpaired" } });
  scene.it.unfold();
  expect(scene.it.panel.querySelector(".notice")).not.toBeNull();
  scene.it.reply = refusal;
  visit.update(VIEW);
  goTo("/@third.tests");
  await vi.advanceTimersByTimeAsync(1_100);
  expect(scene.it.unfold()).toContain("Too many requests");
});

it("leaves nothing behind", async () => {
  await scene.it.showProfile();
  const [host] = [...scene.it.roots.keys()];
  expect(host?.isConnected).toBe(true);
  scene.it.stop.abort();
  expect(host?.isConnected).toBe(false);
});
