/** What was seen on this page as a table for a spreadsheet; who wrote a comment is left out. */
import { toCsv } from "../../lib/csv";
import type { Graded } from "./tally";

export const HEADER = [
  "grade",
  "interval_low",
  "interval_high",
  "high_intent",
  "signal",
  "sentiment",
  "unsure",
  "your_grade",
  "model",
  "is_reply",
  "text",
  "link",
] as const;

/** The rows of `graded` as CSV. `link` opens the video they stand under. */
export function exportCsv(graded: readonly Graded[], link: string): string {
  return toCsv(
    HEADER,
    graded.map(({ seen, score, model, signal, isHigh }) => [
      score.grade,
      ...score.interval,
      isHigh ? "yes" : "no",
      signal,
      score.sentiment,
      score.unsure ? "yes" : "no",
      score.yours?.grade ?? null,
      model,
      seen.row.level === 2 ? "yes" : "no",
      seen.row.text,
      link,
    ]),
  );
}

export function videoLink(creator: string, videoId: string): string {
  return `https://www.tiktok.com/@${encodeURIComponent(creator)}/video/${videoId}`;
}

/** Offer `csv` as a file. The link is never part of the page. */
export function download(csv: string, name: string): void {
  const url = URL.createObjectURL(new Blob([csv], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
