/**
 * Every message between the content script, the extension's own pages and the service worker.
 * A closed union: the worker drops anything else. Nothing here carries a URL, path, method, header or token.
 */
import type { components } from "../protocol/wire";

type Schemas = components["schemas"];
export type Context = Schemas["Context"];
export type Score = Schemas["Score"];
export type Signal = Score["signal"];
export type Sentiment = Score["sentiment"];
export type Yours = Schemas["Yours"];
export type Explanation = Schemas["ExplainAnswer"];
export type Suggestion = Schemas["Suggestion"];
export type IntentRate = Schemas["IntentRate"];
export type VideoQuality = Schemas["VideoQuality"];
export type CreatorQuality = Schemas["CreatorQuality"];
export type HashtagFound = Schemas["HashtagFound"];
export type ShopCard = Schemas["ShopRelatedAnswer"];
export type ShopItem = Schemas["ShopItem"];
export type CardPage = Schemas["ShopEventRequest"]["page"];
export type Deed = Schemas["ShopEventRequest"]["kind"];
/** A sentence of the companion as data; a newer companion may use codes that are not known here. */
export type Sentence = Schemas["Sentence"];
export type QualityScore = Schemas["QualityScore"];
/** What a page itself says of the video on it; null is "not shown". */
export type ShownVideo = Schemas["ShownVideo"];

/** What the worker knows of the companion; shown in badges (grey), popup and options. */
export type Link =
  | { state: "ready"; model: string; version: string }
  | { state: "connecting" }
  | { state: "unpaired" }
  | { state: "offline"; retryAt: number }
  | { state: "stranger" } // another program answers on the port
  | { state: "revoked" } // the companion no longer knows our token
  | { state: "mismatch"; theirs: number } // companion too old or too new
  | { state: "no-permission" }; // the user withdrew host access

/** A comment row as the page shows it. `handle` never leaves the extension: it only feeds the row's pseudonymous id. */
export interface Row {
  cid: string | null;
  handle: string;
  text: string;
  level: 1 | 2;
  nth: number; // how many equal (handle, text, level) rows stand before it
  parent: string; // text of the comment it answers, "" at top level
}

/** A comment as the page shows it, to be kept. `text` has "@user" for each mention; `root` is the comment it answers. */
export interface ShownRow {
  row: Row;
  root: Row | null;
  text: string;
  likes: string;
  time: string;
  byCreator: boolean;
  pinned: boolean;
}

/** What the page's own data says of its subject, cut down to what is read (see `page-data.ts`). */
export type Blocks = Schemas["CaptureRequest"]["embedded"];

/** From the content script (tiktok.com, top frame). */
export type PageMessage =
  | { type: "score"; videoId: string; context: Context; rows: Row[] }
  | { type: "explain"; text: string; context: Context }
  | {
      type: "teach";
      uuid: string;
      videoId: string;
      context: Context;
      row: Row;
      grade: number;
      signal: Signal | null;
      suggestion: Suggestion | null;
    }
  | { type: "unteach"; uuid: string; undoes: string; videoId: string; context: Context; row: Row }
  | { type: "capture"; videoId: string; creator: string; rows: ShownRow[]; embedded: Blocks }
  | { type: "known"; videoIds: string[]; handles: string[] } // the stored rates of what a page lists
  | { type: "quality"; videoId: string; handle: string; shown: ShownVideo | null } // one video and its creator closely; "" is none
  | { type: "open-creator"; handle: string } // show this creator's page in the companion
  | { type: "hashtag"; tag: string } // where the hashtag of a page leads
  // products beside a video ("" is none) or for the words of a search; `comments` are texts that ask for something
  | { type: "shop"; page: CardPage; videoId: string; context: Context; comments: string[]; words: string; hour: number }
  | { type: "deed"; deed: Deed; page: CardPage; card: string; product: string; words: string; hour: number }
  | { type: "allow-shop"; host: string } // show the options, where the user may allow it
  | { type: "report"; report: PageReport } // what the popup shows for this tab
  | { type: "view" }; // settings + link, at start

/** What a tab's content script tells the worker about itself (counts only, no text). */
export interface PageReport {
  surface: "video" | "feed" | "profile" | "search" | "other";
  seen: number;
  high: number;
  unsure: number;
  pageChanged: boolean;
}

/** From the extension's own pages only. */
export type AdminMessage =
  | { type: "pair"; code: string; name: string }
  | { type: "unpair" }
  | { type: "check" } // look for the companion now
  | { type: "view" }
  | { type: "report-of"; tabId: number }
  | { type: "notices" } // alerts of the searches kept in the companion
  | { type: "settings"; change: Partial<Settings> }
  | { type: "forget" } // delete everything the extension stored
  | { type: "diagnostics" };

/** Pushed by the worker to tabs and pages. */
export type Push = { type: "changed"; view: View };

export interface Settings {
  paused: boolean;
  /** p_high from which a comment gets a full badge; below it a quiet dot. Display only. */
  threshold: number;
  quiet: boolean; // below the threshold: quiet dot (true) or full badge (false)
  port: number;
  features: Record<FeatureId, boolean>;
  shop: ShopSettings;
}

/** The shop card: videos between two cards in the feed, hosts that may be opened, pictures from these, searches taken in. */
export interface ShopSettings {
  every: number;
  hosts: string[];
  pictures: boolean;
  searches: boolean;
}
export type FeatureId =
  | "comment-badge"
  | "video-panel"
  | "creator-panel"
  | "hashtag-panel"
  | "tile-chips"
  | "shop-card"
  | "capture";

export interface View {
  settings: Settings;
  link: Link;
  /** Whether a pairing is stored here, also while the companion cannot be reached. */
  paired: boolean;
  /** Whether the companion allows this browser to keep what it sees: granted and taken back on its Settings page. */
  mayCapture: boolean;
}

/** Answers, by message type. `ok: false` carries the state that explains why. */
export type Failure = { ok: false; link: Link; message: string };
export type ScoreReply = { ok: true; model: string; scores: Score[] } | Failure; // in the order of `rows`
export type ExplainReply = { ok: true; explanation: Explanation } | Failure;
export type TeachReply = { ok: true; uuid: string; yours: Yours | null } | Failure;
export type CaptureReply = { ok: true; fresh: number; known: number } | Failure;
export type KnownReply = { ok: true; videos: VideoQuality[]; creators: CreatorQuality[] } | Failure; // in the order asked
export type QualityReply =
  | { ok: true; model: string; video: VideoQuality | null; creator: CreatorQuality | null }
  | Failure;
export type OpenReply = { ok: true } | Failure;
/** `found` is null while the companion is still reading what is stored: ask again in a while. */
export type HashtagReply = { ok: true; found: HashtagFound | null } | Failure;
export type ShopReply = { ok: true; card: ShopCard } | Failure;
export type DeedReply = { ok: true; stored: boolean } | Failure;
/** Names that the user gave, and numbers; nothing where the companion cannot be asked. */
export type NoticesReply = Schemas["Notice"][];
export type PairReply =
  | { ok: true }
  | { ok: false; reason: "wrong-code" | "closed" | "offline" | "stranger" | "invalid" | "limited"; message: string };
export type DiagnosticsReply = { ok: true; text: string }; // versions, states, counts; never comment text
