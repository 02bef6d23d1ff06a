/** The panel's parts: the category with what it rests on, the share close to buying with its interval, hashtags as links. */
import { h } from "../../lib/dom";
import { plural, t } from "../../lib/i18n";
import type { HashtagFound } from "../../lib/messages";
import { percent, rateSentence } from "../../lib/rate-words";
import { tagLink } from "./tag";

export function sectionsOf({ tag, category, intent, related }: HashtagFound): Node[] {
  return [
    h("section", {}, h("h3", { dir: "auto" }, `#${tag}`), ...rate(intent)),
    h("section", {}, h("h3", {}, t("hashtag_category")), ...where(category)),
    h("section", {}, h("h3", {}, t("hashtag_related")), near(related)),
  ];
}

function rate(intent: HashtagFound["intent"]): Node[] {
  if (intent === null) return [h("p", { class: "muted" }, t("quality_none"))];
  return [
    h("p", { class: "big" }, h("b", {}, percent(intent.value)), " ", h("span", {}, t("panel_close_to_buying"))),
    h("p", { class: "muted" }, rateSentence("quality_of_hashtag", intent)),
  ];
}

function where(category: HashtagFound["category"]): Node[] {
  if (category === null) return [h("p", {}, t("hashtag_none"))];
  const { path, score, support } = category;
  const fit = Math.round(score * 100);
  return [
    h("p", { class: "path", dir: "auto" }, path.join(" › ")),
    h("p", { class: "muted" }, support > 0 ? plural("hashtag_fit", support, fit) : t("hashtag_fit_words", fit)),
  ];
}

function near(related: HashtagFound["related"]): HTMLElement {
  if (related.length === 0) return h("p", { class: "muted" }, t("hashtag_related_none"));
  const links = related.map(({ tag }) => h("li", {}, h("a", { href: tagLink(tag), dir: "auto" }, `#${tag}`)));
  return h("ul", { class: "tags" }, ...links);
}
