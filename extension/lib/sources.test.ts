// @vitest-environment node
/** Rules over all our sources: no markup from strings, no other network, no bridge to the page's own world. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..");
const FOLDERS = ["entrypoints", "features", "lib", "pages", "protocol"];
const sources = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => /\.(ts|html)$/.test(path) && !/\.(test|fixture|d)\.ts$/.test(path))
    .map((path) => join(folder, path)),
);

const BANNED: [string, RegExp, string[]][] = [
  [
    "markup from a string",
    /\b(innerHTML|outerHTML|insertAdjacentHTML|setHTMLUnsafe|createContextualFragment|DOMParser|srcdoc)\b|document\.write/,
    [],
  ],
  ["code from a string", /\beval\s*\(|new Function\b|set(Timeout|Interval)\(\s*["'`]/, []],
  [
    "a request outside the one client",
    /\bfetch\s*\(|XMLHttpRequest|sendBeacon|new WebSocket|new EventSource/,
    ["protocol/client.ts"],
  ],
  ["a bridge to the page", /\bpostMessage\b|new CustomEvent|world:\s*["']MAIN/, []],
  ["an inline handler or script", /<[a-z][^>]*\son\w+=|<script(?![^>]*\bsrc=)/, []],
  ["web storage of the page", /\b(localStorage|sessionStorage)\b/, []],
];

test.each(BANNED)("no source has %s", (_, pattern, allowed) => {
  expect(sources.length).toBeGreaterThan(20);
  const found = sources.filter(
    (path) => !allowed.includes(path) && pattern.test(readFileSync(join(ROOT, path), "utf8")),
  );
  expect(found).toEqual([]);
});
