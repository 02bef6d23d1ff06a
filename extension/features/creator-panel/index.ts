/** A panel about the creator on profile and video pages: rate with n, score with parts and reasons, stage, what stands out, a tip. */
import { watchCorner } from "../../lib/corner";
import { register } from "../../lib/feature";
import { themeAt, watchTheme } from "../../lib/theme";
import { CreatorPanel } from "./panel";

/** A profile follows another without the address saying so to anybody. */
const LOOK_EVERY_MS = 1_000;

register({
  id: "creator-panel",
  include: (visit) => visit.videoId !== "" || visit.surface === "profile",
  init(signal, visit) {
    const panel = new CreatorPanel(visit);
    const look = (): void => {
      if (!document.hidden) void panel.look().catch(() => panel.remove()); // the extension was updated under this page
    };
    const timer = setInterval(look, LOOK_EVERY_MS);
    visit.listen(look, signal);
    watchCorner(look, signal);
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
