/**
 * The fake browser has no `i18n` and no manifest: give it the lookup that browsers do, over our real messages,
 * so that tests see the words users see, and our real version.
 */
import { beforeEach } from "vitest";
import { fakeBrowser } from "wxt/testing/fake-browser";
import { version } from "./package.json";
import messages from "./public/_locales/en/messages.json";

type Entry = { message: string; placeholders?: Record<string, { content: string }> };

function getMessage(key: string, substitutions?: string | string[]): string {
  const entry: Entry | undefined = Object.hasOwn(messages, key) ? (messages as Record<string, Entry>)[key] : undefined;
  if (entry === undefined) return "";
  const values = substitutions === undefined ? [] : [substitutions].flat();
  return entry.message
    .replace(/\$(\w+)\$/g, (_, name: string) => entry.placeholders?.[name.toLowerCase()]?.content ?? "")
    .replace(/\$(\d)/g, (_, index: string) => values[Number(index) - 1] ?? "")
    .replaceAll("$$", "$");
}

beforeEach(() => {
  Object.assign(fakeBrowser.runtime, { getManifest: () => ({ manifest_version: 3, name: "BuySignal", version }) });
  Object.assign(fakeBrowser.i18n, { getMessage, getUILanguage: () => "en" });
});
