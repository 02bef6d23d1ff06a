/** What the page said, cut and cleaned to the wire's limits. */
import type { Context, Row } from "./messages";
import type { Comment } from "./queue";
import { sanitize } from "./sanitize";

/** Limits of companion/api/wire.py, in code points. */
export function outgoingContext(context: Context, parent = ""): Context {
  return {
    caption: sanitize(context.caption, 4000),
    hashtags: context.hashtags.slice(0, 50).map((tag) => sanitize(tag, 100)),
    product: sanitize(context.product, 500),
    parent: sanitize(parent, 1000),
  };
}

export function outgoingComment(id: string, row: Row): Comment {
  return { id, text: sanitize(row.text), parent: sanitize(row.parent, 1000) };
}
