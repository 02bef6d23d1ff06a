/** A feature that is written but not started, or not described, is found here. */
import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { registered } from "../lib/feature";
import { DEFAULTS } from "../lib/settings";
import { LAYOUTS } from "../lib/surface";

const root = resolve(import.meta.dirname, "..");
const read = (path: string): string => readFileSync(resolve(root, path), "utf8");
const folders = readdirSync(resolve(root, "features"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

it("each folder registers one feature under its own name and can be switched off", async () => {
  for (const folder of folders) await import(`./${folder}/index.ts`);
  expect(
    registered()
      .map(({ id }) => id)
      .sort(),
  ).toEqual([...folders].sort());
  expect(Object.keys(DEFAULTS.features).sort()).toEqual([...folders].sort());
});

it.each(folders)("%s is started by the content script, described in the readme and tested", (folder) => {
  expect(read("entrypoints/tiktok.content.ts")).toContain(`import "../features/${folder}";`);
  expect(read("README.md")).toContain(`### ${folder}\n`);
  expect(readdirSync(resolve(root, "features", folder)).some((name) => name.endsWith(".test.ts"))).toBe(true);
});

it("each layout is a dated file with a fixture, in use and in the readme", () => {
  const files = readdirSync(resolve(root, "surfaces/tiktok")).filter(
    (name) => name.endsWith(".json") && name !== "page.json",
  );
  expect(LAYOUTS.map(({ id }) => `${id}.json`).sort()).toEqual(files.sort());
  for (const { id, fixture } of LAYOUTS) {
    expect(read(`surfaces/tiktok/fixtures/${fixture}`).length).toBeGreaterThan(100);
    expect(read("README.md")).toContain(`\`${id}\``);
  }
});

it("nothing of ours turns text into markup", () => {
  const sources = ["lib", "features", "entrypoints"].flatMap((folder) =>
    readdirSync(resolve(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts") && !name.includes(".test.") && !name.includes(".fixture."))
      .map((name) => `${folder}/${name}`),
  );
  expect(sources.length).toBeGreaterThan(20);
  const sinks = /\b(?:innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|eval)\b/;
  expect(sources.filter((source) => sinks.test(read(source)))).toEqual([]);
});
