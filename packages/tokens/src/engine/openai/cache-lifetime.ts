import type { InclusiveCounts } from '../inclusive-counts.ts'
import { readObject, readText } from '../read-fields.ts'

/** Gives all cache writes the lifetime that OpenAI's response names in its options, which so far is 30 minutes or nothing. */
export function withCacheLifetime(counts: InclusiveCounts, body: object): InclusiveCounts {
  const lifetime = readText(readObject(body, 'prompt_cache_options'), 'ttl')
  return lifetime === '30m' ? { ...counts, cacheWrite30m: counts.cacheWrite } : counts
}
