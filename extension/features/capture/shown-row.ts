/** A comment with what its row shows beside the words. */
import type { ShownRow } from "../../lib/messages";
import { isPinned, likesOf, threadRoot, timeOf } from "../../lib/rows";
import { anonymousTextOf } from "../../lib/text";
import type { Comment, Thread } from "../../lib/thread";

export function shownRow(comment: Comment, thread: Pick<Thread, "at">): ShownRow {
  const { reading, row, byCreator } = comment;
  const root = row.level === 2 ? threadRoot(reading.element, reading.layout) : null;
  return {
    row,
    root: (root === null ? undefined : thread.at(root))?.row ?? null,
    text: anonymousTextOf(comment.anchor),
    likes: likesOf(reading),
    time: timeOf(reading),
    byCreator,
    pinned: isPinned(reading),
  };
}
