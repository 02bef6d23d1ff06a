/** Products of the user's catalogue that fit what is on screen: in the feed after every so many videos, beside a video, on a search page. */
import { register } from "../../lib/feature";
import { currentVideo } from "../../lib/video";
import { Suggestions } from "./suggestions";
import { Turns } from "./turns";

const turns = new Turns();

register({
  id: "shop-card",
  include: (visit) => visit.surface === "search" || visit.videoId !== "",
  init(signal, visit) {
    const { surface, videoId, view } = visit;
    const isFeed = surface === "feed";
    if (surface === "search" && currentVideo() === "") new Suggestions(visit, "search", signal).start();
    else if (isFeed ? turns.isDue(videoId, view.settings.shop.every) : surface === "video")
      new Suggestions(visit, isFeed ? "feed" : "video", signal).start();
  },
});
