import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { browser } from "wxt/browser";
import { fakeBrowser } from "wxt/testing/fake-browser";
import { changeSettings, DEFAULTS, isSettingsChange, loadSettings, mergeSettings } from "./settings";

describe("mergeSettings", () => {
  test.each([undefined, null, 7, "x", [], {}, { theme: "dark" }])("%j gives the defaults", (stored) => {
    expect(mergeSettings(stored)).toEqual(DEFAULTS);
  });

  test("keeps what is right and replaces what is not", () => {
    const stored = { paused: true, threshold: 7, quiet: "yes", port: 9000, features: { "comment-badge": false } };
    expect(mergeSettings(stored)).toEqual({
      ...DEFAULTS,
      paused: true,
      port: 9000,
      features: { ...DEFAULTS.features, "comment-badge": false },
    });
  });

  test("keeps no comments unless the user switched that on", () => {
    expect(DEFAULTS.features.capture).toBe(false);
    expect(mergeSettings({ features: { "comment-badge": true, "video-panel": true } }).features.capture).toBe(false);
    expect(mergeSettings({ features: { capture: "yes" } }).features.capture).toBe(false);
    expect(mergeSettings({ features: { capture: true } }).features.capture).toBe(true);
  });

  test("takes nothing from a prototype", () => {
    expect(mergeSettings(JSON.parse(`{"__proto__": {"paused": true, "port": 9000}}`))).toEqual(DEFAULTS);
  });

  test("whatever was stored, the result is within limits", () => {
    fc.assert(
      fc.property(fc.record({ port: fc.anything(), threshold: fc.anything(), features: fc.anything() }), (stored) => {
        expect(isSettingsChange(mergeSettings(stored))).toBe(true);
      }),
    );
  });
});

test("a change is stored over the rest and read back", async () => {
  fakeBrowser.reset();
  expect(await loadSettings()).toEqual(DEFAULTS);
  await changeSettings({ port: 9000 });
  expect(await changeSettings({ quiet: false })).toEqual({ ...DEFAULTS, port: 9000, quiet: false });
  expect(await loadSettings()).toEqual({ ...DEFAULTS, port: 9000, quiet: false });
  expect(Object.keys(await browser.storage.local.get(null))).toEqual(["settings"]);
});
