/** The fake browser has no `i18n` and no manifest: give it our English words and our real version. */
import { beforeEach } from "vitest";
import { fakeBrowser } from "wxt/testing/fake-browser";
import { i18nOf } from "./lib/locale.fixture";
import { version } from "./package.json";

const english = i18nOf("en");

beforeEach(() => {
  Object.assign(fakeBrowser.runtime, { getManifest: () => ({ manifest_version: 3, name: "BuySignal", version }) });
  Object.assign(fakeBrowser.i18n, english);
});
