import { expect, it } from "vitest";
import { commentsUnreadable } from "./health";
import { showFixture } from "./page.fixture";
import { LAYOUTS } from "./surface";

const VIDEO = "7600000000000000009";

function show(...rows: [name: string, words: string, link?: string][]): void {
  const list = document.createElement("section");
  for (const [name, words, link] of rows) {
    const row = document.createElement("article");
    const writer = document.createElement("a");
    if (link) writer.href = link;
    writer.append(name);
    const text = document.createElement("div");
    text.append(words);
    row.append(document.createElement("img"), writer, text);
    list.append(row);
  }
  document.body.replaceChildren(list);
}

it.each(LAYOUTS.map((layout) => layout.fixture))("finds nothing wrong on %s", (fixture) => {
  showFixture(fixture);
  expect(commentsUnreadable(VIDEO)).toBe(false);
});

it("notices comment texts whose rows have another shape", () => {
  const text = document.createElement("i");
  text.setAttribute("data-e2e", "comment-level-1");
  text.append("where?");
  document.body.replaceChildren(text);
  expect(commentsUnreadable(VIDEO)).toBe(true);
});

it("notices a list of people's words in markup nobody knows", () => {
  show(["Mia", "where can I buy this"], ["Noor", "how much"], ["Zara", "lol"]);
  expect(commentsUnreadable(VIDEO)).toBe(true);
});

it("keeps quiet where nothing, or only other videos, is listed", () => {
  document.body.replaceChildren();
  expect(commentsUnreadable(VIDEO)).toBe(false);
  show(["Mia", "a", "/@mia/video/1"], ["Noor", "b", "/@noor/video/2"], ["Zara", "c", "/@zara/video/3"]);
  expect(commentsUnreadable(VIDEO)).toBe(false);
});
