import { expect, test } from "vitest";
import { thresholdWords } from "./threshold";

test.each([
  [0.05, "5 of 100", "more badges"],
  [0.4, "40 of 100", "more badges"],
  [0.5, "50 of 100", "high intent"],
  [0.75, "75 of 100", "fewer badges"],
  [0.95, "95 of 100", "fewer badges"],
])("%d says %s and %s", (p, share, feel) => {
  const words = thresholdWords(p);
  expect(words.plain).toContain(share);
  expect(words.feel).toContain(feel);
});
