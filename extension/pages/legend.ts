/** The kinds of badge with their meaning, drawn by the badge itself. */
import { Badge } from "../features/comment-badge/badge";
import { faceOf } from "../features/comment-badge/face";
import { h } from "../lib/dom";
import { type MessageKey, t } from "../lib/i18n";
import { sampleThread } from "./sample";

/** Which sample comment shows the kind, and whether it lies below the line. */
const KINDS: { sample: number; quiet: boolean; meaning: MessageKey }[] = [
  { sample: 0, quiet: false, meaning: "onboarding_legend_high" },
  { sample: 3, quiet: false, meaning: "onboarding_legend_mid" },
  { sample: 4, quiet: false, meaning: "onboarding_legend_unsure" },
  { sample: 5, quiet: true, meaning: "onboarding_legend_quiet" },
];

export function legend(): { items: HTMLElement[]; paint(): void } {
  const samples = sampleThread();
  const items = KINDS.map(({ meaning }) => h("li", {}, h("span", {}, t(meaning))));
  const badges = items.map((item) => {
    const badge = new Badge(item, "box", { open: () => {}, move: () => false });
    badge.host.inert = true;
    item.prepend(badge.host);
    return badge;
  });
  const paint = () => {
    const theme = document.documentElement.getAttribute("data-theme") === "dark" ? "dark" : "light";
    for (const [index, { sample, quiet }] of KINDS.entries()) {
      const shown = samples[sample];
      badges[index]?.wear(theme);
      if (shown)
        badges[index]?.paint(faceOf({ state: "scored", score: shown.score, model: "" }, { threshold: 0.5, quiet }));
    }
  };
  return { items, paint };
}
