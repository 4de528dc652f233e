/** How processes lease headroom of a policy. */
export interface LeaseTerms {
  /** How long a process that stops reporting keeps its headroom. 1 to 10. */
  readonly ttlSeconds: number
}

/** The terms of `lease: true`. */
export const DEFAULT_LEASE: LeaseTerms = { ttlSeconds: 2 }
const MAX_TTL_SECONDS = 10

/** The longest time that a lease lasts without renewal. */
export const MAX_LEASE_MS = MAX_TTL_SECONDS * 1_000

/** Reads the `lease` field of a policy draft. Returns undefined if its `ttlSeconds` is invalid. */
export function readLeaseTerms(draft: boolean | LeaseTerms | null | undefined): LeaseTerms | null | undefined {
  if (draft === null || draft === undefined || draft === false) return null
  if (draft === true) return DEFAULT_LEASE
  const { ttlSeconds } = draft
  return Number.isInteger(ttlSeconds) && ttlSeconds >= 1 && ttlSeconds <= MAX_TTL_SECONDS ? { ttlSeconds } : undefined
}
