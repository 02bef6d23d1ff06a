/** Nothing but https on a listed host is opened or loaded. */
import { expect, it } from "vitest";
import { isAllowed, safeUrl } from "./links";

it.each([
  "http://shop.example/p",
  "javascript:alert(1)",
  "data:text/html,<b>x</b>",
  "//shop.example/p",
  "https://user:word@shop.example/",
  "https://shop.example:8443/",
  "ftp://shop.example/",
  "shop.example",
  "",
])("%s is no address to open", (address) => {
  expect(safeUrl(address)).toBeNull();
});

it("an https address is", () => {
  expect(safeUrl("https://shop.example/p?id=1#top")?.href).toBe("https://shop.example/p?id=1#top");
});

it.each([
  ["shop.example", true],
  ["www.shop.example", true],
  ["SHOP.example", true],
  ["notshop.example", false],
  ["shop.example.evil.example", false],
  ["example", false],
])("%s is on a list with shop.example: %s", (host, expected) => {
  expect(isAllowed(host, ["shop.example"])).toBe(expected);
});
