import { expect, test } from "vitest";
import type { Link } from "../lib/messages";
import { DEFAULTS } from "../lib/settings";
import { stateOf } from "./state";

const ALL: [Link, tone: string, action: string | null][] = [
  [{ state: "ready", model: "m", version: "1" }, "good", null],
  [{ state: "connecting" }, "wait", null],
  [{ state: "unpaired" }, "off", "Pair this browser"],
  [{ state: "offline", retryAt: 0 }, "off", "Try again"],
  [{ state: "stranger" }, "bad", "Open options"],
  [{ state: "revoked" }, "bad", "Pair again"],
  [{ state: "mismatch", theirs: 2 }, "bad", "Try again"],
  [{ state: "no-permission" }, "bad", "Allow access"],
];

test.each(ALL)("%j has a word, a sentence and its mend", (link, tone, action) => {
  const state = stateOf({ settings: DEFAULTS, link, paired: true, mayCapture: false });
  expect([state.tone, state.action?.label ?? null]).toEqual([tone, action]);
  expect(state.word.length).toBeGreaterThan(3);
  expect(state.sentence).toMatch(/[.…]$/);
});

test("every state reads differently", () => {
  const shown = ALL.map(([link]) => stateOf({ settings: DEFAULTS, link, paired: true, mayCapture: false }));
  expect(new Set(shown.map(({ word }) => word)).size).toBe(ALL.length);
  expect(new Set(shown.map(({ sentence }) => sentence)).size).toBe(ALL.length);
});

test("paused comes before everything else", () => {
  const state = stateOf({
    settings: { ...DEFAULTS, paused: true },
    link: { state: "offline", retryAt: 0 },
    paired: true,
    mayCapture: false,
  });
  expect(state.word).toBe("Paused");
  expect(state.action).toBeNull();
});
