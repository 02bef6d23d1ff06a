// The answer being given to one comment: plain values in, plain values out.

const HIGH = 7; // grades from here on count as high intent (labeling guide)

/** A blank answer to a task's questions. */
export function blank(questions) {
  return { questions, answers: {}, flags: [], note: "", disputed: false, kept: false };
}

/** The answer with one question answered (again). */
export function answered(draft, question, value) {
  if (!draft.questions.includes(question)) return draft;
  const changed = { ...draft, answers: { ...draft.answers, [question]: value }, kept: false };
  return changed.disputed && isHigh(changed) !== isHigh(draft) && isHigh(draft) !== null ? { ...changed, disputed: false } : changed;
}

/** The answer with a flag set, or taken away where it was set. */
export function flagged(draft, flag) {
  const flags = draft.flags.includes(flag) ? draft.flags.filter((one) => one !== flag) : [...draft.flags, flag];
  return { ...draft, flags };
}

/** High intent is disputed, or not any more. */
export function disputed(draft) {
  return { ...draft, disputed: !draft.disputed, kept: false };
}

/** Questions without an answer yet, in the order they are asked. */
export function missing(draft) {
  return draft.questions.filter((question) => draft.answers[question] === undefined);
}

/** Whether the grade counts as high intent; null without a grade. */
export function isHigh(draft) {
  return draft.answers.grade === undefined ? null : draft.answers.grade >= HIGH;
}

/** What does not fit together, as a sentence; "" where everything does. Asked once, then kept as it is. */
export function contradiction(draft) {
  const { grade, signal } = draft.answers;
  if (grade === undefined) return "";
  if (draft.disputed) {
    return isHigh(draft)
      ? `Grade ${grade} counts as close to buying, and you dispute that.`
      : `Grade ${grade} counts as not close to buying, and you dispute that.`;
  }
  if (signal === "objection" && isHigh(draft)) return `Grade ${grade} says close to buying, and objection says the opposite.`;
  return "";
}

/** Whether nothing is left to ask. */
export function complete(draft) {
  return !missing(draft).length;
}

/** The event that the server stores. `made` is {uuid, at, spent_ms, suggestion_shown}. */
export function submission(item, draft, made) {
  return {
    ...made,
    assignment: item.assignment,
    action: "submit",
    answers: draft.answers,
    flags: draft.flags,
    note: draft.note,
    contradiction: contradiction(draft) !== "",
  };
}

/** The event of a skipped comment; flags and note come along. */
export function skipping(item, draft, made) {
  return { ...made, assignment: item.assignment, action: "skip", answers: {}, flags: draft.flags, note: draft.note, contradiction: false };
}

/** The event that takes another back. */
export function undoing(item, uuid, made) {
  return { ...made, assignment: item.assignment, action: "undo", undoes: uuid, answers: {}, flags: [], note: "", contradiction: false };
}

/** An earlier answer as it was, to be looked at and changed. */
export function again(questions, event) {
  return { ...blank(questions), flags: event.flags ?? [], note: event.note ?? "" };
}

/** The typed ten in place of the one: the same answer with grade 10. */
export function asTen(questions, event, made) {
  const answers = { ...event.answers, grade: 10 };
  const doubtful = contradiction({ ...blank(questions), answers }) !== "";
  return { ...event, ...made, suggestion_shown: event.suggestion_shown, answers, contradiction: event.contradiction || doubtful };
}

/** What is said once an answer is kept: "Saved: grade 8", "Skipped". */
export function savedWords(event) {
  if (event.action === "skip") return "Skipped";
  const note = event.note ? ", with your note" : "";
  const bare = !Object.keys(event.answers).length;
  return bare ? `Saved without ${event.flags.length ? `an answer: ${event.flags.join(" · ")}` : "an answer"}${note}` : `Saved: ${inWords(event)}${note}`;
}

/** An answer in a few words: "grade 8 · price · positive". */
export function inWords(event) {
  if (event.action === "skip") return "skipped";
  const { grade, quality, signal, sentiment } = event.answers;
  const parts = [grade === undefined ? undefined : `grade ${grade}`, quality === undefined ? undefined : `quality ${quality}`, signal, sentiment, ...(event.flags ?? [])];
  return parts.filter((part) => part !== undefined).join(" · ");
}
