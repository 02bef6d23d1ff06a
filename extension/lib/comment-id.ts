/** The id under which a comment is scored, corrected and stored. */
import { fromHex, hmacSha256, sha256, toHex } from "./bytes";
import type { Row } from "./messages";
import { sanitize } from "./sanitize";

/**
 * The page's own `cid`, else `dom:` + 32 hex digits of a hash over video, pseudonym, text, level and `nth`.
 * The handle enters only as a keyed pseudonym (`aliasKey`: 64 hex digits, given at pairing), so the id
 * cannot be turned back into a person without the key. Throws where `aliasKey` is not hex.
 */
export async function commentId(row: Row, videoId: string, aliasKey: string): Promise<string> {
  if (row.cid !== null) return row.cid;
  const pseudonym = await alias(row.handle, aliasKey);
  const facts = [videoId, pseudonym, sanitize(row.text), row.level, row.nth].join("\n");
  return `dom:${toHex(await sha256(facts)).slice(0, 32)}`;
}

/** A commenter's pseudonym: 32 hex digits of HMAC-SHA256(alias key, lower-case handle). */
export async function alias(handle: string, aliasKey: string): Promise<string> {
  return toHex(await hmacSha256(fromHex(aliasKey), handle.toLowerCase())).slice(0, 32);
}
