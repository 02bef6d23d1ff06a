/** What the page's own data says of its subject: only of that, and only what is read. */
import { expect, test } from "vitest";
import { BLOCKS, PAGE_DATA, reduced, subjectOf } from "./page-data";

const VIDEO = "7600000000000000011";
const ITEM = {
  id: VIDEO,
  desc: "with @Amy Lee and @bo #lamp",
  createTime: "1795000000",
  author: {
    id: "71",
    uniqueId: "shop.tests",
    nickname: "Shop",
    signature: "call me",
    avatarThumb: "https://p16.invalid/a",
  },
  textExtra: [
    { start: 5, end: 13, type: 0, userUniqueId: "amy.lee", userId: "72" },
    { start: 18, end: 21, type: 0, userUniqueId: "bo" },
    { start: 22, end: 27, type: 1, hashtagName: "lamp", hashtagId: "9" },
  ],
  music: { id: "5", title: "sound", tt2dsp: { token: "x" } },
  comments: [{ text: "hi", user: { nickname: "Amy" } }],
};
const SCOPE = {
  "webapp.app-context": { user: { uid: "70", uniqueId: "viewer" }, csrfToken: "secret" },
  "webapp.video-detail": { itemInfo: { itemStruct: ITEM }, statusCode: 0, shareMeta: { desc: "Amy" } },
};

function show(scope: object): void {
  const script = document.createElement("script");
  script.id = PAGE_DATA;
  script.type = "application/json";
  script.textContent = JSON.stringify({ __DEFAULT_SCOPE__: scope });
  document.head.replaceChildren(script);
}

test("a video's own data is cut down to what is read, without anybody who is mentioned", () => {
  show(SCOPE);
  expect(subjectOf(`/@shop.tests/video/${VIDEO}`, VIDEO)).toEqual({
    "webapp.video-detail": {
      statusCode: 0,
      itemInfo: {
        itemStruct: {
          id: VIDEO,
          desc: "with @user and @user #lamp",
          createTime: "1795000000",
          author: { id: "71", uniqueId: "shop.tests", nickname: "Shop" },
          textExtra: [{}, {}, { hashtagId: "9", hashtagName: "lamp" }],
          music: { id: "5", title: "sound" },
        },
      },
    },
  });
});

test("after a move inside the app the data of the first page says nothing about the next", () => {
  show(SCOPE);
  expect(subjectOf("/@shop.tests/video/7600000000000000012", "7600000000000000012")).toBeNull();
  expect(subjectOf("/@shop.tests", "")).toBeNull();
  expect(subjectOf("/foryou", "")).toBeNull();
});

test.each([
  ["/@Shop.Tests", "webapp.user-detail", { userInfo: { user: { id: "71", uniqueId: "shop.tests", bioLink: "x" } } }],
  ["/tag/Lamp", "webapp.challenge-detail", { challengeInfo: { challenge: { id: "9", title: "lamp" } } }],
  ["/tag/l%C3%A1mpara", "webapp.challenge-detail", { challengeInfo: { challenge: { id: "9", title: "lámpara" } } }],
])("the subject of %s", (path, name, block) => {
  show({ [name]: block });
  expect(Object.keys(subjectOf(path, "") ?? {})).toEqual([name]);
  show({ [name]: JSON.parse(JSON.stringify(block).replace(/shop.tests|lamp|lámpara/, "else")) });
  expect(subjectOf(path, "")).toBeNull();
});

test.each(["", "{", "null", "[]", '{"__DEFAULT_SCOPE__": 7}', '{"__DEFAULT_SCOPE__": {"webapp.video-detail": []}}'])(
  "%j is nothing",
  (text) => {
    show({});
    (document.getElementById(PAGE_DATA) as Element).textContent = text;
    expect(subjectOf(`/@shop.tests/video/${VIDEO}`, VIDEO)).toBeNull();
  },
);

test("more than a page says of a video is not handed on", () => {
  show({ "webapp.video-detail": { itemInfo: { itemStruct: { id: VIDEO, desc: "x".repeat(70_000) } } } });
  expect(subjectOf(`/@shop.tests/video/${VIDEO}`, VIDEO)).toBeNull();
});

test("nothing of a prototype, no unknown block, nothing of another form", () => {
  const odd = JSON.parse('{"__proto__": {"webapp.user-detail": {}}, "webapp.i18n": {}, "webapp.video-detail": "x"}');
  expect(reduced(odd)).toEqual({});
  expect(reduced({ "webapp.user-detail": { userInfo: { user: { id: { a: 1 }, verified: [1] } } } })).toEqual({
    "webapp.user-detail": { userInfo: { user: {} } },
  });
  expect(Object.keys(BLOCKS)).toHaveLength(3);
});
