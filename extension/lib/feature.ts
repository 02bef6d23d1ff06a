/** The list of features: each folder under `features/` registers itself once, under its folder's name. */
import type { FeatureId } from "./messages";
import type { Visit } from "./visit";

export interface Feature {
  id: FeatureId;
  /** Whether this feature has anything to do on this page. */
  include(visit: Visit): boolean;
  /** Start. Everything it adds goes away when `signal` aborts: on navigation, pause, or when switched off. */
  init(signal: AbortSignal, visit: Visit): void;
}

const features = new Map<FeatureId, Feature>();

/** Adds `feature`; a second one under the same id is a mistake in our own code. */
export function register(feature: Feature): void {
  if (features.has(feature.id)) throw new Error(`feature "${feature.id}" is registered twice`);
  features.set(feature.id, feature);
}

/** All registered features. */
export function registered(): readonly Feature[] {
  return [...features.values()];
}
