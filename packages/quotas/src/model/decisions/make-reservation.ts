import { InvalidInput } from '@tollgate/kernel'
import type { CheckedQuestion } from './check-question.ts'
import type { Reservation } from './reservation.ts'

const DEFAULT_TTL_SECONDS = 60
const MAX_TTL_SECONDS = 3_600

/** Returns the reservation for the amounts of a question. Throws `InvalidInput` for an invalid `ttlSeconds`. */
export function makeReservation({ tenantId, requests, dimensions }: CheckedQuestion, id: string, atMs: number, ttlSeconds: number | undefined): Reservation {
  return { id, tenantId, atMs, expiresAtMs: atMs + checkTtl(ttlSeconds ?? DEFAULT_TTL_SECONDS), dimensions, amounts: requests }
}

/** Returns a time to live in milliseconds. Throws `InvalidInput` unless it is 1 to 3,600 seconds: it bounds how long a crash keeps headroom. */
export function checkTtl(ttlSeconds: number): number {
  if (!Number.isInteger(ttlSeconds) || ttlSeconds < 1 || ttlSeconds > MAX_TTL_SECONDS) {
    throw new InvalidInput([
      { path: 'ttlSeconds', message: `must be a whole number from 1 to ${MAX_TTL_SECONDS}, not ${ttlSeconds}; extend the reservation of longer work` },
    ])
  }
  return ttlSeconds * 1_000
}
