// The thread of one video as the page knows it: loaded rows, replies opened, whether more follow.
import * as api from './api.js';

export class CommentFeed {
  constructor(videoId) {
    this.videoId = videoId;
    this.threads = [];
    this.cursor = 0;
    this.hasMore = true;
    this.total = 0;
    this.loading = null;
    this.onChange = () => {};
  }

  /** Load the next page; calls while one is under way share it. */
  loadMore() {
    if (!this.hasMore) return Promise.resolve();
    this.loading ??= this.#page().finally(() => { this.loading = null; });
    return this.loading;
  }

  async #page() {
    await api.whenVisible();
    const answer = await api.comments(this.videoId, this.cursor);
    this.cursor = answer.cursor;
    this.hasMore = answer.has_more === 1;
    this.total = answer.total;
    const threads = (answer.comments ?? []).map((comment) => ({ comment, replies: [], hasMoreReplies: false }));
    this.threads.push(...threads);
    this.onChange({ added: threads });
  }

  async loadReplies(thread) {
    const answer = await api.replies(this.videoId, thread.comment.cid, thread.replies.length);
    thread.replies.push(...(answer.comments ?? []));
    thread.hasMoreReplies = answer.has_more === 1;
    this.onChange({ changed: thread });
  }

  hideReplies(thread) {
    thread.replies = [];
    thread.hasMoreReplies = false;
    this.onChange({ changed: thread });
  }
}

/** True for rows by the video's creator. */
export const isCreator = (comment) => Boolean(comment.label_list?.some((label) => label.type === 1));

/** What the replies opener says: first time, later, or null when all replies are shown. */
export function openerText(thread) {
  const total = thread.comment.reply_comment_total ?? 0;
  const rest = total - thread.replies.length;
  if (rest <= 0) return null;
  return thread.replies.length === 0 ? `View ${total} ${total === 1 ? 'reply' : 'replies'}` : `View ${rest} more`;
}
