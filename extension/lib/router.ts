/** The worker's door: who sent this message, may that sender ask this, is it well-formed; else dropped and counted. */
import type { AdminMessage, PageMessage } from "./messages";
import { readAdminMessage, readPageMessage } from "./requests";

/** The fields of `runtime.MessageSender` that decide. */
export interface Sender {
  id?: string | undefined;
  url?: string | undefined;
  origin?: string | undefined;
  frameId?: number | undefined;
  tab?: { id?: number | undefined } | undefined;
}

export interface Handlers {
  page(message: PageMessage, tabId: number): Promise<unknown>;
  admin(message: AdminMessage): Promise<unknown>;
}

export type Refusal = "other extension" | "wrong origin" | "wrong frame" | "not a known message";

const PAGE_ORIGIN = "https://www.tiktok.com";

export class Router {
  readonly dropped: Record<Refusal, number> = {
    "other extension": 0,
    "wrong origin": 0,
    "wrong frame": 0,
    "not a known message": 0,
  };

  /** `own`: this extension's id and the address its pages start with. */
  constructor(
    private readonly handlers: Handlers,
    private readonly own: { id: string; root: string },
  ) {}

  /** The answer to come, or null where the message was dropped. */
  receive(raw: unknown, sender: Sender): Promise<unknown> | null {
    if (sender.id !== this.own.id) return this.#drop("other extension");
    if (sender.url?.startsWith(this.own.root) === true) {
      const message = readAdminMessage(raw);
      return message === null ? this.#drop("not a known message") : this.handlers.admin(message);
    }
    const tabId = sender.tab?.id;
    if (sender.origin !== PAGE_ORIGIN || tabId === undefined) return this.#drop("wrong origin");
    if (sender.frameId !== 0) return this.#drop("wrong frame");
    const message = readPageMessage(raw);
    return message === null ? this.#drop("not a known message") : this.handlers.page(message, tabId);
  }

  #drop(reason: Refusal): null {
    this.dropped[reason]++;
    return null;
  }
}
