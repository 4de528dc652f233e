import type { Clock } from '@tollgate/kernel'
import type { ApiKey } from './model/api-key.ts'

/** Valid keys as this process last read them, by hash of the secret. Used while the database cannot be read. */
export interface LastKnownKeys {
  /** Remembers a valid key; undefined forgets the key, because it is not valid (any more). */
  set(hash: string, apiKey: ApiKey | undefined): void
  /** Returns the key if it was read within the last 24 hours. */
  get(hash: string): ApiKey | undefined
}

const MAX_KEYS = 10_000
const MAX_AGE_MS = 24 * 3_600_000

/** Starts empty. */
export function lastKnownKeys(clock: Clock): LastKnownKeys {
  const known = new Map<string, { readonly apiKey: ApiKey; readonly readAtMs: number }>()
  const nowMs = () => clock.nowMs?.() ?? clock.now().epochMilliseconds
  return {
    set(hash, apiKey) {
      if (apiKey === undefined) return void known.delete(hash)
      if (known.size >= MAX_KEYS && !known.has(hash)) known.clear()
      known.set(hash, { apiKey, readAtMs: nowMs() })
    },
    get(hash) {
      const found = known.get(hash)
      return found !== undefined && nowMs() - found.readAtMs <= MAX_AGE_MS ? found.apiKey : undefined
    },
  }
}
