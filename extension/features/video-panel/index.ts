/** A panel that sums up the video on screen: who is close to buying, what they ask, what holds them back. */
import { register } from "../../lib/feature";
import { themeAt, watchTheme } from "../../lib/theme";
import { Panel } from "./panel";

/** How often what is shown may change while grades come in: a folded panel is one number. */
const REDRAW_EVERY_MS = { open: 400, folded: 1_000 };

register({
  id: "video-panel",
  include: (visit) => visit.videoId !== "",
  init(signal, visit) {
    const panel = new Panel(visit);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const draw = (): void => {
      timer ??= setTimeout(
        () => {
          timer = undefined;
          panel.draw();
        },
        panel.isFolded ? REDRAW_EVERY_MS.folded : REDRAW_EVERY_MS.open,
      );
    };
    visit.thread.listen(draw, signal);
    visit.listen(draw, signal);
    document.addEventListener("visibilitychange", draw, { signal });
    watchTheme(() => panel.wear(themeAt()), signal);
    panel.wear(themeAt());
    panel.draw();
    signal.addEventListener(
      "abort",
      () => {
        clearTimeout(timer);
        panel.remove();
      },
      { once: true },
    );
  },
});
