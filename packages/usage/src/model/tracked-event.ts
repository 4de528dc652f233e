import type { Issue } from '@tollgate/kernel'

/** The result of tracking one event. */
export type TrackedEvent =
  | { readonly outcome: 'accepted' | 'duplicate' | 'conflict'; readonly idempotencyKey: string; readonly eventId: string; readonly reason: string | null }
  | { readonly outcome: 'rejected'; readonly idempotencyKey: string; readonly issues: readonly Issue[]; readonly reason: string }
