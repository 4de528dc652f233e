import { InvalidInput } from '@tollgate/kernel'
import type { CheckedQuestion } from '../decisions/check-requests.ts'
import type { Reservation } from './reservation.ts'

const DEFAULT_TTL_SECONDS = 60
const MAX_TTL_SECONDS = 3_600

/** The reservation that a question asks for. Throws `InvalidInput` for a time out of bounds. */
export function makeReservation({ tenantId, requests, dimensions }: CheckedQuestion, id: string, atMs: number, ttlSeconds: number | undefined): Reservation {
  return { id, tenantId, atMs, expiresAtMs: atMs + ttlMs(ttlSeconds ?? DEFAULT_TTL_SECONDS), dimensions, amounts: requests }
}

/** A time to live in milliseconds. Bounded: what a crash leaves held comes back at its end. Throws `InvalidInput`. */
export function ttlMs(ttlSeconds: number): number {
  if (!Number.isInteger(ttlSeconds) || ttlSeconds < 1 || ttlSeconds > MAX_TTL_SECONDS) {
    throw new InvalidInput([
      { path: 'ttlSeconds', message: `must be a whole number from 1 to ${MAX_TTL_SECONDS}, not ${ttlSeconds}; extend what takes longer` },
    ])
  }
  return ttlSeconds * 1_000
}
