/** How headroom is leased to processes. */
export interface LeaseTerms {
  /** For how long a process that is heard of no more keeps what it took: 1 to 10. */
  readonly ttlSeconds: number
}

/** Where nothing else is said. */
export const USUAL_LEASE: LeaseTerms = { ttlSeconds: 2 }
const MAX_SECONDS = 10

/** The longest that any lease lasts without being renewed. */
export const MAX_LEASE_MS = MAX_SECONDS * 1_000

/** Reads what a draft says: `true` is what is usual. Undefined where its time is none. */
export function readLease(draft: boolean | LeaseTerms | null | undefined): LeaseTerms | null | undefined {
  if (draft === null || draft === undefined || draft === false) return null
  if (draft === true) return USUAL_LEASE
  const { ttlSeconds } = draft
  return Number.isInteger(ttlSeconds) && ttlSeconds >= 1 && ttlSeconds <= MAX_SECONDS ? { ttlSeconds } : undefined
}
