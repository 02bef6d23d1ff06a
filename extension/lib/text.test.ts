import fc from "fast-check";
import { expect, it } from "vitest";
import { anonymousTextOf, cleanText, textOf } from "./text";

it.each([
  ["plain words", "plain words"],
  ["  two\n\tlines ", "two lines"],
  ["\u202egnorw\u202c way", "gnorw way"],
  ["a\u0000b\u200bc\ufeffd", "abcd"],
  ["👨‍👩‍👧 wants one", "👨‍👩‍👧 wants one"],
  ["می‌خواهم", "می‌خواهم"],
  ["n\u200d\u200d\u200do", "no"],
  [" \u200d \u200c", ""],
  [`z${"\u0301".repeat(40)}`, "ź\u0301\u0301"],
])("%j becomes %j", (raw, expected) => {
  expect(cleanText(raw)).toBe(expected);
});

it("gives one bounded, well-formed line for anything", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 3_000 }), (raw) => {
      const text = cleanText(raw);
      expect(Array.from(text).length).toBeLessThanOrEqual(1_000);
      expect(text).not.toMatch(/[\p{Cs}\u202a-\u202e\u2066-\u2069\n\r\t]/u);
      expect(text).toBe(text.trim());
    }),
  );
});

it("reads a 10 MB comment quickly and breaks as spaces", () => {
  const node = document.createElement("p");
  node.append("one", document.createElement("br"), "two ", "x".repeat(10_000_000));
  const start = performance.now();
  const text = textOf(node);
  expect(performance.now() - start).toBeLessThan(200);
  expect(text).toHaveLength(1_000);
  expect(text.startsWith("one two xxx")).toBe(true);
});

it.each([
  ["<p>@amy and <a href='/@amy.lee'>@Amy Lee 🌸</a> look</p>", "@user and @user look"],
  [
    "<p><a href='/tag/lamp'>#lamp</a> only 3 @5.00, write to a@b.example</p>",
    "#lamp only 3 @5.00, write to a@b.example",
  ],
  ["<p>a<a href='/@b.example'>@b.example</a></p>", "a@b.example"],
  ["<p><span><a href='/@x'><b>@x</b></a></span>!<br>bye</p>", "@user! bye"],
])("%s without anybody's name", (html, expected) => {
  const holder = document.createElement("div");
  holder.append(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
  expect(anonymousTextOf(holder)).toBe(expected);
});
