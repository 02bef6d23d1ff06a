/** The state of BuySignal for people: a word, a tone, a sentence, and the one thing to do next. */
import { browser } from "wxt/browser";
import { t } from "../lib/i18n";
import type { Link, View } from "../lib/messages";
import { linkSentence, problemSentence } from "../lib/status";
import { askWorker } from "./ask-worker";

export interface State {
  word: string;
  tone: "good" | "wait" | "bad" | "off";
  sentence: string;
  action: { label: string; run(): Promise<unknown> } | null;
}

export function stateOf({ settings, link }: View): State {
  if (settings.paused) {
    return { word: t("state_paused"), tone: "off", sentence: problemSentence("paused"), action: null };
  }
  return { word: WORDS[link.state](), tone: TONES[link.state], sentence: linkSentence(link), action: actionFor(link) };
}

/** Writes the word and the tone into a `.state` element. */
export function paintState(element: HTMLElement, { word, tone }: State): void {
  element.textContent = word;
  element.dataset.tone = tone;
}

export function openPage(path: "/onboarding.html" | "/options.html"): Promise<unknown> {
  return browser.tabs.create({ url: browser.runtime.getURL(path) });
}

const WORDS: Record<Link["state"], () => string> = {
  ready: () => t("state_ready"),
  connecting: () => t("state_connecting"),
  unpaired: () => t("state_unpaired"),
  offline: () => t("state_offline"),
  stranger: () => t("state_stranger"),
  revoked: () => t("state_revoked"),
  mismatch: () => t("state_mismatch"),
  "no-permission": () => t("state_no_permission"),
};

const TONES: Record<Link["state"], State["tone"]> = {
  ready: "good",
  connecting: "wait",
  unpaired: "off",
  offline: "off",
  stranger: "bad",
  revoked: "bad",
  mismatch: "bad",
  "no-permission": "bad",
};

function actionFor(link: Link): State["action"] {
  switch (link.state) {
    case "unpaired":
      return { label: t("action_pair"), run: () => openPage("/onboarding.html") };
    case "revoked":
      return { label: t("action_pair_again"), run: () => openPage("/onboarding.html") };
    case "offline":
    case "mismatch":
      return { label: t("action_retry"), run: () => askWorker({ type: "check" }) };
    case "stranger":
      return { label: t("action_options"), run: () => openPage("/options.html") };
    case "no-permission":
      return { label: t("action_allow"), run: allow };
    default:
      return null;
  }
}

function allow(): Promise<boolean> {
  return browser.permissions.request({ origins: ["https://www.tiktok.com/*", "http://127.0.0.1/*"] });
}
