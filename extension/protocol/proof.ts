/** The companion's proof that it is the one we paired with; it gets no token and no comment before. */
import { hmacSha256, toHex, utf8 } from "../lib/bytes";

/** A fresh challenge: 32 random bytes as 64 hex digits. */
export function freshNonce(): string {
  return toHex(crypto.getRandomValues(new Uint8Array(32)));
}

/** HMAC-SHA256(proof key, "buysignal-hello:" + nonce + ":" + version) in hex; the proof key derives from the token. */
export async function expectedProof(token: string, nonce: string, apiVersion: number): Promise<string> {
  const proofKey = await hmacSha256(utf8(token), "buysignal-proof-v1");
  return toHex(await hmacSha256(proofKey, `buysignal-hello:${nonce}:${apiVersion}`));
}

/** Whether `proof` answers our `nonce`, compared without an early exit. */
export async function proves(proof: string, token: string, nonce: string, apiVersion: number): Promise<boolean> {
  const expected = await expectedProof(token, nonce, apiVersion);
  if (proof.length !== expected.length) return false;
  let difference = 0;
  for (let index = 0; index < expected.length; index++)
    difference |= proof.charCodeAt(index) ^ expected.charCodeAt(index);
  return difference === 0;
}
