// The thread of one video as the page knows it: loaded rows, replies opened, whether more follow.
import * as api from './api.js';
import { config } from './config.js';
import { whenVisible } from './visible.js';

const AGAIN_AFTER_MS = 100;
const early = new Map(); // video id -> first page that came before anybody opened the video

/** Ask for a neighbour's first comments before it is opened, as the site does. */
export async function prefetchComments(videoId) {
  const answer = await api.comments(videoId, 0).catch(() => null);
  if (answer && config.prefetched !== 'unused') early.set(videoId, answer);
}

export class CommentFeed {
  constructor(videoId, { off = false } = {}) {
    this.videoId = videoId;
    this.threads = [];
    this.cursor = 0;
    this.hasMore = !off;
    this.off = off;
    this.total = 0;
    this.loading = null;
    this.stalled = false;
    this.failed = false;
    this.askedAgain = 0;
    this.onChange = () => {};
  }

  /** Load the next page; calls while one is under way share it. A failed list waits for `retry`. */
  loadMore() {
    if (!this.hasMore || this.stalled || this.failed) {
      if (this.off) this.onChange({});
      return Promise.resolve();
    }
    this.loading ??= this.#page().finally(() => { this.loading = null; this.onChange({}); });
    return this.loading;
  }

  retry() {
    this.failed = false;
    return this.loadMore();
  }

  async #page() {
    await whenVisible();
    try {
      const answer = early.get(this.videoId) ?? await api.comments(this.videoId, this.cursor);
      if (early.delete(this.videoId)) this.stalled = config.prefetched === 'stalls';
      await whenVisible();
      this.#take(answer);
    } catch (error) {
      if (!(error instanceof api.ListFailed)) throw error;
      this.failed = true;
    }
  }

  #take(answer) {
    this.cursor = answer.cursor ?? this.cursor;
    this.hasMore = answer.has_more === 1;
    this.total = answer.total ?? this.total;
    this.unavailable = Boolean(answer.status_code) && this.threads.length === 0;
    const known = new Set(this.threads.map(({ comment }) => comment.cid));
    const rows = (answer.comments ?? []).map(complete).filter((comment) => !known.has(comment.cid));
    const threads = rows.map((comment) => ({ comment, replies: [], replyCursor: 0, hasMoreReplies: false }));
    this.threads.push(...threads);
    this.onChange({ added: threads });
    if (threads.length === 0 && this.hasMore && this.askedAgain < config.asks_again) {
      this.askedAgain += 1;
      setTimeout(() => this.loadMore(), AGAIN_AFTER_MS);
    }
  }

  async loadReplies(thread) {
    if (thread.loading) return;
    thread.loading = true;
    const answer = await api.replies(this.videoId, thread.comment.cid, thread.replyCursor).catch(() => null);
    thread.loading = false;
    if (!answer || answer.status_code) return;
    const known = new Set(thread.replies.map((reply) => reply.cid));
    thread.replies.push(...(answer.comments ?? []).map(complete).filter((reply) => !known.has(reply.cid)));
    thread.replyCursor = answer.cursor ?? thread.replyCursor;
    thread.hasMoreReplies = answer.has_more === 1;
    this.onChange({ changed: thread });
  }

  hideReplies(thread) {
    thread.replies = [];
    thread.replyCursor = 0;
    thread.hasMoreReplies = false;
    this.onChange({ changed: thread });
  }
}

/** A row may lack or rename anything; the page still shows it. */
const complete = (row) => ({ ...row, text: String(row.text ?? row.content ?? ''), user: { unique_id: '', nickname: '', ...row.user } });

/** True for rows by the video's creator. */
export const isCreator = (comment) => Boolean(comment.label_list?.some((label) => label.type === 1));

/** What the replies opener says: first time, later, or null when all replies are shown. */
export function openerText(thread) {
  const total = thread.comment.reply_comment_total ?? 0;
  const opened = thread.replies.length > 0;
  const rest = total - thread.replies.length;
  if (rest <= 0 || (opened && !thread.hasMoreReplies)) return null;
  return opened ? `View ${rest} more` : `View ${total} ${total === 1 ? 'reply' : 'replies'}`;
}

/** What stands in place of comments, or null where there are some. */
export function emptyText(feed) {
  if (feed.off) return 'Comments are turned off';
  if (feed.unavailable) return 'Video currently unavailable';
  return !feed.hasMore && !feed.loading && feed.threads.length === 0 ? 'Be the first to comment!' : null;
}
