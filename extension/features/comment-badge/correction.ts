/** The row of ten grades in the card: the user's own grade is stored as a label, and can be taken back. */
import { ask } from "../../lib/ask";
import { contextOf } from "../../lib/context";
import { h, isPlainlyVisible } from "../../lib/dom";
import { t } from "../../lib/i18n";
import type { Failure, Suggestion, TeachReply } from "../../lib/messages";
import { linkSentence } from "../../lib/status";
import type { Comment } from "../../lib/thread";
import type { Visit } from "../../lib/visit";

const GRADES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

export class Correction {
  readonly element: HTMLElement;
  readonly #buttons: HTMLButtonElement[];
  readonly #status = h("p", { class: "status", role: "status" });
  #busy = false;

  /** `taken` remembers the last correction of each comment, so that it can still be undone on reopening. */
  constructor(
    readonly visit: Visit,
    public comment: Comment,
    readonly taken: Map<string, string>,
    readonly host: HTMLElement,
  ) {
    this.#buttons = GRADES.map((grade) =>
      h(
        "button",
        { type: "button", onclick: () => void this.#save(grade), "aria-label": t("popover_set", grade) },
        grade,
      ),
    );
    this.element = h(
      "div",
      { class: "correction" },
      h("h3", {}, t("popover_correct")),
      h("div", { class: "grades", role: "group", "aria-label": t("popover_correct") }, ...this.#buttons),
      h(
        "p",
        { class: "ends", "aria-hidden": true },
        h("span", {}, t("popover_end_low")),
        h("span", {}, t("popover_end_high")),
      ),
      this.#status,
    );
    this.update(comment);
  }

  /** Mark the user's grade; nothing can be corrected before it was graded. */
  update(comment: Comment): void {
    this.comment = comment;
    const score = comment.grading.state === "scored" ? comment.grading.score : null;
    this.element.hidden = score === null;
    this.#buttons.forEach((button, index) => {
      button.setAttribute("aria-pressed", String(score?.yours?.grade === index + 1));
    });
    const uuid = this.taken.get(comment.id);
    if (score?.yours && uuid !== undefined) this.#saved(score.yours.grade, uuid);
    else if (!this.#busy && !this.#status.querySelector("[role=alert]")) this.#say(t("popover_keys"));
  }

  /** Keys 1 to 9, and 0 for ten, while the card has the focus. */
  pressed(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || !/^\d$/.test(event.key)) return;
    event.preventDefault();
    void this.#save(event.key === "0" ? 10 : Number(event.key));
  }

  async #save(grade: number): Promise<void> {
    const { comment } = this;
    if (comment.grading.state !== "scored") return;
    const { score, model } = comment.grading;
    const suggestion: Suggestion = { grade: score.grade, p_high: score.p_high, model };
    const uuid = crypto.randomUUID();
    const reply = await this.#send(() => ({
      type: "teach",
      uuid,
      ...this.#about(comment),
      grade,
      signal: null,
      suggestion,
    }));
    if (reply === null) return;
    if (!reply.ok) return this.#failed(reply);
    this.taken.set(comment.id, uuid);
    this.visit.thread.corrected(comment.id, reply.yours ?? { grade, signal: null });
    this.#saved(grade, uuid);
  }

  async #undo(undoes: string): Promise<void> {
    const { comment } = this;
    const uuid = crypto.randomUUID();
    const reply = await this.#send(() => ({ type: "unteach", uuid, undoes, ...this.#about(comment) }));
    if (reply === null) return;
    if (!reply.ok) return this.#failed(reply);
    this.taken.delete(comment.id);
    this.visit.thread.corrected(comment.id, reply.yours);
    this.#say(t("popover_undone"));
  }

  /** One at a time, and only while the card is plainly visible: a page must not trick a click out of the user. */
  async #send(message: () => Parameters<typeof ask>[0]): Promise<TeachReply | null> {
    if (this.#busy || !isPlainlyVisible(this.host)) return null;
    this.#busy = true;
    this.#say(t("popover_saving"));
    try {
      return await ask<TeachReply>(message());
    } finally {
      this.#busy = false;
    }
  }

  #about({ row }: Comment) {
    const { videoId } = this.visit;
    return { videoId, row, context: { ...contextOf(videoId), parent: row.parent } };
  }

  #saved(grade: number, uuid: string): void {
    const undo = h(
      "button",
      { type: "button", class: "undo", onclick: () => void this.#undo(uuid) },
      t("popover_undo"),
    );
    this.#status.replaceChildren(`${t("popover_saved", grade)} `, undo);
  }

  #failed(reply: Failure): void {
    this.#status.replaceChildren(
      h("span", { role: "alert", class: "problem" }, reply.message || linkSentence(reply.link)),
    );
  }

  #say(text: string): void {
    this.#status.replaceChildren(text);
  }
}
