/** Our own pages' talk with the worker. */
import { browser } from "wxt/browser";
import type { AdminMessage, DiagnosticsReply, NoticesReply, PageReport, PairReply, Push, View } from "../lib/messages";

type Replies = {
  pair: PairReply;
  unpair: View;
  check: View;
  view: View;
  "report-of": PageReport | null;
  notices: NoticesReply;
  settings: View;
  forget: View;
  diagnostics: DiagnosticsReply;
};

/** The worker's answer to `message`. Throws where the worker gave none. */
export async function askWorker<M extends AdminMessage>(message: M): Promise<Replies[M["type"]]> {
  const reply: Replies[M["type"]] | undefined = await browser.runtime.sendMessage(message);
  if (reply === undefined) throw new Error(`the worker did not answer "${message.type}"; reload the extension`);
  return reply;
}

/** Calls `show` with the view now and at every change. */
export async function followView(show: (view: View) => void): Promise<void> {
  browser.runtime.onMessage.addListener((message: unknown, sender) => {
    if (sender.id === browser.runtime.id && isPush(message)) show(message.view);
    return undefined;
  });
  show(await askWorker({ type: "view" }));
}

function isPush(message: unknown): message is Push {
  return typeof message === "object" && message !== null && (message as Push).type === "changed";
}
