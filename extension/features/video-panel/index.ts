/** A panel that sums up the video on screen: who is close to buying, what they ask, what holds them back. */
import { register } from "../../lib/feature";
import { themeAt, watchTheme } from "../../lib/theme";
import { Panel } from "./panel";

const REDRAW_EVERY_MS = 400;

register({
  id: "video-panel",
  include: (visit) => visit.videoId !== "",
  init(signal, visit) {
    const panel = new Panel(visit);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const draw = (): void => {
      timer ??= setTimeout(() => {
        timer = undefined;
        panel.draw();
      }, REDRAW_EVERY_MS);
    };
    visit.thread.listen(draw, signal);
    visit.listen(draw, signal);
    document.addEventListener("visibilitychange", draw, { signal });
    watchTheme(() => panel.wear(themeAt()), signal);
    panel.wear(themeAt());
    draw();
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
