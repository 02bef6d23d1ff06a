import { defineContentScript } from "wxt/utils/define-content-script";
import "../features/capture";
import "../features/comment-badge";
import "../features/creator-panel";
import "../features/hashtag-panel";
import "../features/shop-card";
import "../features/tile-chips";
import "../features/video-panel";
import { isOurPage, run } from "../lib/run";

export default defineContentScript({
  matches: ["https://www.tiktok.com/*"],
  allFrames: false,
  runAt: "document_idle",
  main(ctx) {
    if (isOurPage(window)) void run(ctx.signal);
  },
});
