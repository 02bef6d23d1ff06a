// @vitest-environment node
import { expect, test } from "vitest";
import { alias, commentId } from "./comment-id";
import type { Row } from "./messages";

const KEY = "ab".repeat(32);
const VIDEO = "7300000000000000001";
const ROW: Row = { cid: null, handle: "Ann.Lee", text: "how much? 😍", level: 1, nth: 0, parent: "" };

// Vectors computed with Python's hashlib and hmac.
test.each([
  ["a row", VIDEO, ROW, "dom:9de231bd8eb9ac608f4c755295912040"],
  ["its second twin", VIDEO, { ...ROW, nth: 1 }, "dom:8f52dc7a698d0120d5c365a15fe7d622"],
  [
    "an empty reply on no video",
    "",
    { ...ROW, handle: "ann.lee", text: "", level: 2 as const },
    "dom:6b7b09da5e37e762562d25ac66f269f3",
  ],
])("%s keeps its id for ever", async (_, video, row, id) => {
  expect(await commentId(row, video, KEY)).toBe(id);
});

test("the page's own id wins", async () => {
  expect(await commentId({ ...ROW, cid: "7301" }, VIDEO, KEY)).toBe("7301");
});

test("what does not change the comment does not change the id", async () => {
  const same = { ...ROW, handle: "ann.lee", text: " how much?\u202e 😍\n", parent: "something else" };
  expect(await commentId(same, VIDEO, KEY)).toBe(await commentId(ROW, VIDEO, KEY));
});

test("every part that makes it another comment changes the id", async () => {
  const others = [
    { ...ROW, handle: "bob" },
    { ...ROW, text: "how much" },
    { ...ROW, level: 2 as const },
    { ...ROW, nth: 2 },
  ];
  const ids = await Promise.all([ROW, ...others].map((row) => commentId(row, VIDEO, KEY)));
  ids.push(await commentId(ROW, "2", KEY), await commentId(ROW, VIDEO, "cd".repeat(32)));
  expect(new Set(ids).size).toBe(7);
});

test("pseudonyms ignore case and need a hex key", async () => {
  expect(await alias("Ann.Lee", KEY)).toBe("474d1157735211b3c6505138cabe7135");
  expect(await alias("ann.lee", KEY)).toBe("474d1157735211b3c6505138cabe7135");
  await expect(alias("ann.lee", "not hex")).rejects.toThrow("not hex");
});
