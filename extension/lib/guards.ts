/**
 * Small guards for values that come from outside: messages and the companion's answers.
 * Objects must be plain, and only their own keys count, so a `__proto__` key or an inherited field never passes.
 */

export type Guard<T> = (value: unknown) => value is T;
export type Guarded<G> = G extends Guard<infer T> ? T : never;

type Spec = Record<string, Guard<unknown>>;
type Values = Record<string, unknown>;
type Shape<S extends Spec> = { [K in keyof S]: Guarded<S[K]> };

/** A string of `min` to `max` UTF-16 units that matches `pattern`. */
export function text(max: number, min = 0, pattern?: RegExp): Guard<string> {
  return (value): value is string =>
    typeof value === "string" && value.length >= min && value.length <= max && (pattern?.test(value) ?? true);
}

/** A whole number from `min` to `max`. */
export function whole(min: number, max: number): Guard<number> {
  return (value): value is number => Number.isSafeInteger(value) && inside(value as number, min, max);
}

/** A finite number from `min` to `max`. */
export function real(min: number, max: number): Guard<number> {
  return (value): value is number => Number.isFinite(value) && inside(value as number, min, max);
}

export const flag: Guard<boolean> = (value): value is boolean => typeof value === "boolean";

export function oneOf<const T extends readonly (string | number)[]>(...values: T): Guard<T[number]> {
  return (value): value is T[number] => values.includes(value as T[number]);
}

export function nullable<T>(guard: Guard<T>): Guard<T | null> {
  return (value): value is T | null => value === null || guard(value);
}

/** What one of two guards lets through. */
export function eitherOf<A, B>(one: Guard<A>, other: Guard<B>): Guard<A | B> {
  return (value): value is A | B => one(value) || other(value);
}

export function listOf<T>(guard: Guard<T>, max: number, min = 0): Guard<T[]> {
  return (value): value is T[] =>
    Array.isArray(value) && value.length >= min && value.length <= max && value.every(guard);
}

/** A plain object of at most `most` values that all fit, under any keys. */
export function recordOf<T>(guard: Guard<T>, most: number): Guard<Record<string, T>> {
  return (value): value is Record<string, T> =>
    plain(value) && Object.keys(value).length <= most && Object.values(value).every(guard);
}

/** An object with exactly these keys: one too many is as wrong as one too few. */
export function closed<S extends Spec>(spec: S): Guard<Shape<S>> {
  const known = open(spec);
  return (value): value is Shape<S> => known(value) && Object.keys(value).every((key) => Object.hasOwn(spec, key));
}

/** An object with at least these keys. */
export function open<S extends Spec>(spec: S): Guard<Shape<S>> {
  return (value): value is Shape<S> =>
    plain(value) && Object.entries(spec).every(([key, guard]) => Object.hasOwn(value, key) && guard(value[key]));
}

/** As `open`, with further keys that an older companion leaves out; where they are there, they must fit. */
export function grown<S extends Spec, R extends Spec>(spec: S, rest: R): Guard<Shape<S> & Partial<Shape<R>>> {
  const known = open(spec);
  return (value): value is Shape<S> & Partial<Shape<R>> =>
    known(value) &&
    Object.entries(rest).every(([key, guard]) => !Object.hasOwn(value, key) || guard((value as Values)[key]));
}

/** An object with any of these keys and no other. */
export function partial<S extends Spec>(spec: S): Guard<Partial<Shape<S>>> {
  return (value): value is Partial<Shape<S>> =>
    plain(value) &&
    Object.entries(value).every(([key, item]) => Object.hasOwn(spec, key) && spec[key]?.(item) === true);
}

/** A plain object without symbol keys or an altered prototype. */
export function plain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return (prototype === Object.prototype || prototype === null) && Object.getOwnPropertySymbols(value).length === 0;
}

function inside(value: number, min: number, max: number): boolean {
  return value >= min && value <= max;
}
