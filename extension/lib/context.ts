/** What the page says about a video: the context in which its comments are graded. */
import type { Context } from "./messages";
import { PAGE_DATA } from "./page-data";
import { first, PAGE } from "./surface";
import { cleanText } from "./text";
import { videoScope } from "./video";

const LIMITS = { caption: 4_000, hashtags: 50, hashtag: 100 }; // as the companion's contract has them

/** Caption and hashtags of `videoId`: from the page's own data if that is about this video, else as shown. */
export function contextOf(videoId: string): Context {
  const { caption, hashtags } = embedded(videoId) ?? shown(videoId);
  return { caption, hashtags, product: "", parent: "" };
}

interface Words {
  caption: string;
  hashtags: string[];
}

function shown(videoId: string): Words {
  const caption = first(videoScope(videoId), PAGE.caption);
  if (caption === null) return { caption: "", hashtags: [] };
  const links = [...caption.querySelectorAll(PAGE.hashtags.join(", "))];
  return {
    caption: cleanText(caption.textContent ?? "", LIMITS.caption),
    hashtags: tags(links.map((link) => link.textContent ?? "")),
  };
}

let parsed: { script: WeakRef<Element>; id: string; words: Words } | null = null;

/** After a move inside the app this data still tells of the first page, so it must name `videoId` itself. */
function embedded(videoId: string): Words | null {
  const script = document.getElementById(PAGE_DATA);
  if (script === null || videoId === "") return null;
  if (parsed?.script.deref() !== script) parsed = { script: new WeakRef(script), ...readEmbedded(script) };
  return parsed.id === videoId ? parsed.words : null;
}

interface Item {
  id?: unknown;
  desc?: unknown;
  challenges?: { title?: unknown }[];
  textExtra?: { hashtagName?: unknown }[];
}

function readEmbedded(script: Element): { id: string; words: Words } {
  try {
    const scope = JSON.parse(script.textContent ?? "").__DEFAULT_SCOPE__;
    const detail = scope["webapp.video-detail"] ?? scope["webapp.reflow.video.detail"];
    const item: Item = detail.itemInfo.itemStruct;
    const names = [...(item.challenges ?? []).map((c) => c.title), ...(item.textExtra ?? []).map((x) => x.hashtagName)];
    const words = { caption: cleanText(asText(item.desc), LIMITS.caption), hashtags: tags(names.map(asText)) };
    return { id: asText(item.id), words };
  } catch {
    return { id: "", words: { caption: "", hashtags: [] } }; // another kind of page, or a shape we do not know
  }
}

function tags(names: string[]): string[] {
  const plain = names.map((name) => cleanText(name, LIMITS.hashtag).replace(/^#/, ""));
  return [...new Set(plain.filter((name) => name !== ""))].slice(0, LIMITS.hashtags);
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : "";
}
