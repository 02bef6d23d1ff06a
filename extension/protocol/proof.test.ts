// @vitest-environment node
import { expect, test } from "vitest";
import { expectedProof, freshNonce, proves } from "./proof";

const TOKEN = "t0ken-of-at-least-twenty-characters";
const NONCE = "00112233445566778899aabbccddeeff".repeat(2);
const PROOF = "0f42e60de912a60d0d8f6549d0f0395e130ed4771e4517c8f2cee2425ade6d60"; // by Python's hmac module

test("is the companion's own calculation", async () => {
  expect(await expectedProof(TOKEN, NONCE, 1)).toBe(PROOF);
  expect(await proves(PROOF, TOKEN, NONCE, 1)).toBe(true);
});

test.each([
  ["another token", PROOF, `${TOKEN}x`, NONCE, 1],
  ["another nonce", PROOF, TOKEN, NONCE.replace("0", "1"), 1],
  ["another version", PROOF, TOKEN, NONCE, 2],
  ["upper case", PROOF.toUpperCase(), TOKEN, NONCE, 1],
  ["a prefix", PROOF.slice(0, 63), TOKEN, NONCE, 1],
  ["nothing", "", TOKEN, NONCE, 1],
])("does not hold for %s", async (_, proof, token, nonce, version) => {
  expect(await proves(proof, token, nonce, version)).toBe(false);
});

test("nonces are 64 hex digits and fresh", () => {
  expect(freshNonce()).toMatch(/^[0-9a-f]{64}$/);
  expect(freshNonce()).not.toBe(freshNonce());
});
