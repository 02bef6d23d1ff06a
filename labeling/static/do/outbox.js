// Answers wait here until BuySignal has them, and stay for undo: an IndexedDB store that outlives tab, browser and server.

const DATABASE = "buysignal-labeling";
const STORE = "answers";
const KEPT = 5_000; // answers of a person that undo can reach from this browser

/**
 * A row is {seq, uuid, person, task, assignment, item, event, state, tried}. `state` is "waiting", "sent", "refused" (with
 * `reason`) or "dropped" (refused, and let go); `tried` says that a request with it may have arrived, `undone` that an undo followed it.
 */
export class Outbox {
  #database;
  #loose = []; // rows that the browser could not write: kept as long as the page lives

  constructor(database) {
    this.#database = database;
  }

  /** Open it; where the browser has no storage, answers are kept in the page alone (`durable` is false). */
  static async open(name = DATABASE) {
    try {
      return new Outbox(await opened(name));
    } catch {
      return new Outbox(null);
    }
  }

  /** Whether everything in it outlives the page. */
  get durable() {
    return this.#database !== null && !this.#loose.some((row) => row.state === "waiting");
  }

  /** Keep an answer. Resolves when it is on disk. */
  async add(row) {
    const kept = { ...row, uuid: row.event.uuid, assignment: row.event.assignment, state: "waiting", tried: false };
    try {
      await this.#write((store) => store.add(kept));
    } catch {
      this.#loose.push(kept);
    }
  }

  /** The oldest answers of a person that wait, marked as tried: from now on they may have arrived. */
  async take(person, most) {
    const rows = this.#loose.filter((row) => row.person === person && row.state === "waiting").slice(0, most);
    for (const row of rows) row.tried = true;
    if (!this.#database) return rows;
    const stored = await this.#write((store) => all(store.index("waiting"), [person, "waiting"], most), (store, found) => {
      for (const row of found) if (!row.tried) store.put({ ...row, tried: true });
    });
    return [...stored, ...rows].slice(0, most);
  }

  /** Note what became of answers: {uuid: {state, reason?}}. */
  async settle(outcomes) {
    for (const row of this.#loose) Object.assign(row, settled(row, outcomes[row.uuid]));
    if (!this.#database) return;
    await this.#write(async (store) => {
      for (const uuid of Object.keys(outcomes)) {
        const row = await one(store.index("uuid").get(uuid));
        if (row) store.put({ ...row, ...settled(row, outcomes[uuid]) });
      }
    });
  }

  /**
   * Take an answer back: one that was never tried leaves the outbox ("removed"), else the undo row is added ("added"). "gone" where
   * another tab was quicker.
   */
  async undo(uuid, undoRow) {
    const loose = this.#loose.find((row) => row.uuid === uuid && !row.undone);
    if (loose && !loose.tried) {
      this.#loose = this.#loose.filter((row) => row !== loose);
      return "removed";
    }
    if (loose) {
      loose.undone = true;
      await this.add(undoRow);
      return "added";
    }
    if (!this.#database) return "gone";
    return this.#write(async (store) => {
      const row = await one(store.index("uuid").get(uuid));
      if (!row || row.undone) return "gone";
      if (!row.tried) {
        store.delete(row.seq);
        return "removed";
      }
      store.put({ ...row, undone: true });
      store.add({ ...undoRow, uuid: undoRow.event.uuid, assignment: undoRow.event.assignment, state: "waiting", tried: false });
      return "added";
    });
  }

  /** What undo can reach, oldest first: a person's answers to a task that were neither taken back nor refused. */
  async history(person, task) {
    if (!this.#database) return [];
    const rows = await this.#read((store) => all(store.index("task"), [person, task]));
    return rows.filter((row) => !row.undone && ["waiting", "sent"].includes(row.state) && row.event.action !== "undo");
  }

  /** {waiting: rows, refused: rows} of a person. */
  async pending(person) {
    const mine = (state) => this.#loose.filter((row) => row.person === person && row.state === state);
    if (!this.#database) return { waiting: mine("waiting"), refused: mine("refused") };
    const [waiting, refused] = await this.#read((store) =>
      Promise.all(["waiting", "refused"].map((state) => all(store.index("waiting"), [person, state]))),
    );
    return { waiting: [...waiting, ...mine("waiting")], refused: [...refused, ...mine("refused")] };
  }

  /** Give refused answers another try ("waiting"), or let them go ("dropped"). */
  async decide(person, state) {
    const { refused } = await this.pending(person);
    await this.settle(Object.fromEntries(refused.map((row) => [row.uuid, { state }])));
  }

  /** Forget the oldest sent answers beyond what undo keeps. */
  async prune(person, task, kept = KEPT) {
    if (!this.#database) return;
    await this.#write(
      (store) => all(store.index("task"), [person, task]),
      (store, rows) => {
        const over = rows.length - kept;
        for (const row of rows.slice(0, Math.max(0, over))) if (row.state === "sent") store.delete(row.seq);
      },
    );
  }

  #read(work) {
    return work(this.#database.transaction(STORE).objectStore(STORE));
  }

  /** One transaction that is on disk when this resolves. `then` goes on in it with what `work` found. */
  async #write(work, then) {
    if (!this.#database) throw new Error("no storage");
    const transaction = this.#database.transaction(STORE, "readwrite", { durability: "strict" });
    const done = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error ?? new Error("aborted"));
    });
    done.catch(() => {}); // heard below; a failure before that is the one that counts
    const store = transaction.objectStore(STORE);
    const value = await work(store);
    if (then) then(store, value);
    await done;
    return value;
  }
}

function settled(row, outcome) {
  return outcome ?? { state: row.state };
}

/** A request as a promise; awaiting it inside a transaction keeps the transaction open. */
function one(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function all(index, key, most) {
  return one(index.getAll(IDBKeyRange.only(key), most));
}

async function opened(name) {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => {
    const store = request.result.createObjectStore(STORE, { keyPath: "seq", autoIncrement: true });
    store.createIndex("uuid", "uuid", { unique: true });
    store.createIndex("waiting", ["person", "state"]);
    store.createIndex("task", ["person", "task"]);
  };
  const database = await one(request);
  database.onversionchange = () => database.close();
  return database;
}
