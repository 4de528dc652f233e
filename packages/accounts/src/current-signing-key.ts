import { type Clock, Temporal } from '@tollgate/kernel'
import { MAX_TTL_SECONDS } from './model/check-access-token-draft.ts'
import { generateSigningKey, type SigningKey } from './model/signing-key.ts'
import type { SigningKeyStore } from './signing-key-store.ts'

/** A signing key is replaced when it is this old. */
const MAX_SIGNING_KEY_AGE_HOURS = 30 * 24

/** Returns the key to sign with. Makes one if there is none, or if the newest is old. */
export async function currentSigningKey(store: SigningKeyStore, clock: Clock): Promise<SigningKey> {
  const newest = await store.newest()
  const isOld = newest === undefined || Temporal.Instant.compare(newest.createdAt.add({ hours: MAX_SIGNING_KEY_AGE_HOURS }), clock.now()) <= 0
  return isOld ? addSigningKey(store, clock) : newest
}

/** Makes a new signing key, and removes those that no valid token or link is signed with. */
export async function addSigningKey(store: SigningKeyStore, clock: Clock): Promise<SigningKey> {
  const now = clock.now()
  const key = generateSigningKey(now)
  await store.add(key)
  await store.removeSupersededBefore(now.subtract({ seconds: 2 * MAX_TTL_SECONDS }))
  return key
}
