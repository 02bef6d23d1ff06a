// @vitest-environment node
/** The visible strings: all there, all used in HTML by a key that exists, all in plain words. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import messages from "../public/_locales/en/messages.json";

const ENTRYPOINTS = join(import.meta.dirname, "..", "entrypoints");
const html = readdirSync(ENTRYPOINTS, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".html"))
  .map((path) => readFileSync(join(ENTRYPOINTS, path), "utf8"));

test("every key in our pages exists", () => {
  const keys = html.flatMap((page) => [...page.matchAll(/data-t(?:-label)?="([^"]*)"/g)].map(([, key]) => key ?? ""));
  expect(keys.length).toBeGreaterThan(50);
  expect(keys.filter((key) => !Object.hasOwn(messages, key))).toEqual([]);
});

test("our pages hold no words of their own but names and commands", () => {
  const words = html.flatMap((page) =>
    page
      .replace(/<(script|title)[\s\S]*?<\/\1>/g, "")
      .replace(/<[^>]+>/g, "\n")
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== ""),
  );
  expect(words).toEqual(["make run"]);
});

test("no string is empty or uses the model's jargon", () => {
  const bad = Object.entries(messages).filter(
    ([, { message }]) =>
      message.trim() === "" || /\b(p_high|logits?|softmax|calibrat\w*|HMAC|nonce|bearer|token)\b/i.test(message),
  );
  expect(bad).toEqual([]);
});
