/** Which addresses a card may lead to or load from: https alone, on hosts that the user allowed. */

/** The address as a URL of the web's safe kind; null for anything else. */
export function safeUrl(address: string): URL | null {
  try {
    const url = new URL(address);
    const isPlain = url.protocol === "https:" && url.username === "" && url.password === "" && url.port === "";
    return isPlain && url.hostname !== "" ? url : null;
  } catch {
    return null;
  }
}

/** Whether `host` is on the list, or ends in "." and a host that is. */
export function isAllowed(host: string, list: readonly string[]): boolean {
  const name = host.toLowerCase();
  return list.some((each) => name === each || name.endsWith(`.${each}`));
}
