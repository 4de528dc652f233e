import type { Clock } from '@tollgate/kernel'
import type { ApiKey } from './api-key.ts'

/** Keys as they were read last, for when they cannot be read. By what is made of their secrets: never the secrets. */
export interface LastKnownKeys {
  /** Notes a key that was good, or that it was not. */
  note(hash: string, apiKey: ApiKey | undefined): void
  /** A key that was good when it was read last, at most a day ago; undefined where there is none. */
  find(hash: string): ApiKey | undefined
}

const MAX_KEYS = 10_000
const KEPT_MS = 24 * 3_600_000

/** Begins with none: what is known is known to this process. */
export function lastKnownKeys(clock: Clock): LastKnownKeys {
  const known = new Map<string, { readonly apiKey: ApiKey; readonly readMs: number }>()
  return {
    note(hash, apiKey) {
      if (apiKey === undefined) return void known.delete(hash)
      if (known.size >= MAX_KEYS && !known.has(hash)) known.clear()
      known.set(hash, { apiKey, readMs: clock.now().epochMilliseconds })
    },
    find(hash) {
      const found = known.get(hash)
      return found !== undefined && clock.now().epochMilliseconds - found.readMs <= KEPT_MS ? found.apiKey : undefined
    },
  }
}
