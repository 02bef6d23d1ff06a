/** One sentence for each state: what is the matter and what to do next. */
import type { Problem } from "../protocol/client";
import { t } from "./i18n";
import type { Link } from "./messages";

export function linkSentence(link: Link): string {
  switch (link.state) {
    case "ready":
      return t("status_ready");
    case "connecting":
      return t("status_connecting");
    case "unpaired":
      return t("status_unpaired");
    case "offline":
      return t("status_offline");
    case "stranger":
      return t("status_stranger");
    case "revoked":
      return t("status_revoked");
    case "mismatch":
      return t("status_mismatch");
    case "no-permission":
      return t("status_no_permission");
  }
}

/** What the companion refused, in the user's language; in its own words where its code is not known here. */
export function refusalSentence({ error, message }: Problem): string {
  if (error === "busy") return t("problem_busy");
  return error === "scope" ? t("problem_scope") : message;
}

/** Refusals that the worker makes by itself. */
export function problemSentence(problem: "paused" | "corrections"): string {
  return t(problem === "paused" ? "status_paused" : "problem_corrections");
}
