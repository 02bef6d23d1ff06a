/** A panel on a hashtag's page: where the hashtag leads, who is close to buying under it, what stands near it. */
import { register } from "../../lib/feature";
import { themeAt, watchTheme } from "../../lib/theme";
import { HashtagPanel } from "./panel";

/** A hashtag follows another without the address saying so to anybody. */
const LOOK_EVERY_MS = 1_000;

register({
  id: "hashtag-panel",
  include: (visit) => visit.videoId === "" && visit.surface === "other", // hashtags and what follows them without a new stay
  init(signal, visit) {
    const panel = new HashtagPanel(visit);
    const look = (): void => {
      if (!document.hidden) void panel.look().catch(() => panel.remove()); // the extension was updated under this page
    };
    const timer = setInterval(look, LOOK_EVERY_MS);
    visit.listen(look, signal);
    watchTheme(() => panel.wear(themeAt()), signal);
    panel.wear(themeAt());
    look();
    signal.addEventListener(
      "abort",
      () => {
        clearInterval(timer);
        panel.remove();
      },
      { once: true },
    );
  },
});
