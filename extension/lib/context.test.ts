import { beforeEach, expect, it } from "vitest";
import { contextOf } from "./context";
import { goTo, showFixture } from "./page.fixture";
import { commentCount, creatorOf, currentVideo } from "./video";

const FIRST = "7600000000000000003"; // the one the embedded data is about
const LATER = "7600000000000000009";

beforeEach(() => {
  showFixture("page.html");
});

it("takes caption and hashtags from the embedded data while it is about the current video", () => {
  goTo(`/@shop.tests/video/${FIRST}`);
  expect(contextOf(FIRST)).toEqual({
    caption: "my new tumbler, all colours #tumbler",
    hashtags: ["tumbler"],
    product: "",
    parent: "",
  });
});

it("reads the page instead once the app has moved on and the embedded data is stale", () => {
  goTo(`/@shop.tests/video/${LATER}`);
  expect(contextOf(LATER)).toEqual({
    caption: "my new tumbler #tumbler",
    hashtags: ["tumbler"],
    product: "",
    parent: "",
  });
});

it("reads the card of its own video in the feed", () => {
  goTo("/foryou");
  expect(contextOf("7600000000000000001")).toEqual({
    caption: "One pan dinner #cooking #DinnerIdeas",
    hashtags: ["cooking", "DinnerIdeas"],
    product: "",
    parent: "",
  });
  expect(creatorOf("7600000000000000001")).toBe("cook.tests");
  expect(commentCount("7600000000000000001")).toBe(1.2);
  expect(commentCount("7600000000000000002")).toBe(0);
});

it("names the video and its creator by the address", () => {
  goTo(`/@Shop.Tests/video/${LATER}?is_from_webapp=1`);
  expect(currentVideo()).toBe(LATER);
  expect(creatorOf(LATER)).toBe("shop.tests");
});

it("survives embedded data of any shape", () => {
  goTo(`/@shop.tests/video/${FIRST}`);
  for (const broken of [
    "",
    "{",
    "null",
    '{"__DEFAULT_SCOPE__":{}}',
    '{"__DEFAULT_SCOPE__":{"webapp.video-detail":{"itemInfo":{"itemStruct":{"id":7600000000000000003}}}}}',
  ]) {
    showFixture("page.html");
    const script = document.getElementById("__UNIVERSAL_DATA_FOR_REHYDRATION__");
    if (script) script.textContent = broken;
    expect(contextOf(FIRST).caption).toBe("my new tumbler #tumbler");
  }
});
