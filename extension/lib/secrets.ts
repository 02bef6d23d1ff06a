/**
 * What pairing gave us, kept in IndexedDB under the extension's own origin: content scripts run under the
 * page's origin and see no such database. Only the worker reads it.
 */
import { clear, createStore, get, set, type UseStore } from "idb-keyval";

export interface Secrets {
  clientId: string;
  token: string;
  /** 64 hex digits; keys the pseudonyms of rows without an id. */
  aliasKey: string;
}

/** Where secrets are kept. */
export interface SecretStore {
  read(): Promise<Secrets | null>;
  write(secrets: Secrets): Promise<void>;
  clear(): Promise<void>;
}

const KEY = "pairing";

export function indexedDbSecrets(): SecretStore {
  let store: UseStore | undefined;
  const opened = (): UseStore => {
    store ??= createStore("buysignal", "secrets");
    return store;
  };
  return {
    read: async () => (await get<Secrets>(KEY, opened())) ?? null,
    write: (secrets) => set(KEY, secrets, opened()),
    clear: () => clear(opened()),
  };
}
