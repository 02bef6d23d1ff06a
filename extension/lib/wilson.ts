/** How sure a share is that was counted on few comments. */

const Z_95 = 1.959963984540054; // 97.5th percentile of the normal distribution

/**
 * Wilson score interval of `hits` out of `n` at 95 %, as two shares 0-1 (E. B. Wilson 1927, without continuity
 * correction). With `n` = 0 nothing is known: [0, 1].
 */
export function wilson(hits: number, n: number, z = Z_95): [number, number] {
  if (n === 0) return [0, 1];
  const share = hits / n;
  const scale = 1 + z ** 2 / n;
  const middle = share + z ** 2 / (2 * n);
  const half = z * Math.sqrt((share * (1 - share)) / n + z ** 2 / (4 * n ** 2));
  return [Math.max(0, (middle - half) / scale), Math.min(1, (middle + half) / scale)];
}
