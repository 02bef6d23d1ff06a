/** What the panel tells of a video and of a creator, and how its numbers are explained. */
import { expect, it, vi } from "vitest";
import { PROFILE, panelScene, trusted } from "./panel.fixture";

const scene = panelScene();

it("tells of the video first: stage, what stands out with its evidence, and why there is no score", async () => {
  await scene.it.showVideo();
  const text = scene.it.unfold();
  for (const words of ["Stage", "second pool", "Many shares, few views", "120 shares on 900 views", "not enough data"])
    expect(text).toContain(words);
  expect(text).not.toContain("NaN");
  expect(scene.it.number("second pool").textContent).toContain(
    "4,000 views It reaches the next pool with a chance of 12\u00a0%",
  );
});

it("says where nothing is stored that the share counts stored comments, not those that the other panel counts", async () => {
  await scene.it.showVideo();
  scene.it.unfold();
  const share = scene.it.number("close to buying");
  expect(share.querySelector("small:last-of-type")?.textContent).toBe("no stored comments to count");
  expect(share.textContent).toContain("Stored comments are counted here, not what this page shows now.");
});

it("tells of the creator in the other tab: parts, why it is partial, reasons, latest video, tip, badge, dates", async () => {
  await scene.it.showVideo();
  scene.it.unfold();
  scene.it.press("#tab-creator");
  const text = scene.it.shown;
  for (const words of ["@shop.tests", "48,200 followers · 2 videos stored", "Nov 20, 2026", "likely 11 to 47\u00a0%"])
    expect(text).toContain(words);
  for (const words of ["61of 100", "likely 55 to 68", "Partial: without “Talks with commenters”", "Consistent"])
    expect(text).toContain(words);
  for (const words of ["Latest video Nov 22, 2026", "2 of your 5 newest videos did better."])
    expect(text).toContain(words);
  const texts = (selector: string) =>
    [...scene.it.panel.querySelectorAll(selector)].map(({ textContent }) => textContent);
  expect(texts(".reasons li")).toEqual(["▲More positive than negative comments", "▼Did worse than expected"]);
  expect(texts(".part b")).toEqual(["40", "71", "51", "–"]);
  scene.it.press("#tab-video");
  expect(scene.it.shown).toContain("second pool");
});

it("explains a number under the pointer and to the keyboard, and Escape closes that before it folds the panel", async () => {
  scene.it.reply = PROFILE;
  await scene.it.showProfile();
  scene.it.unfold();
  const part = scene.it.number("Better than expected");
  const described = scene.it.panel.getElementById(part.getAttribute("aria-describedby") ?? "");
  expect(described?.textContent).toContain("above 40 % of 400 stored videos");
  const bubble = () => scene.it.panel.querySelector(".bubble") as HTMLElement;
  expect(bubble().hidden).toBe(true);
  part.dispatchEvent(trusted(new Event("focus")));
  expect(bubble().hidden).toBe(false);
  expect(bubble().textContent).toContain("It decides 30\u00a0% of the score. likely 31 to 49");
  const leave = () => part.dispatchEvent(trusted(new KeyboardEvent("keydown", { key: "Escape", bubbles: true })));
  leave();
  expect([bubble().hidden, scene.it.pill.getAttribute("aria-expanded")]).toEqual([true, "true"]);
  part.dispatchEvent(trusted(new Event("pointerenter")));
  part.dispatchEvent(trusted(new Event("pointerleave")));
  await vi.advanceTimersByTimeAsync(300);
  expect(bubble().hidden).toBe(true);
  leave();
  expect(scene.it.pill.getAttribute("aria-expanded")).toBe("false");
});
