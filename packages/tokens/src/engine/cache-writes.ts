import { isObject } from '../model/is-object.ts'
import { readCount, readField } from './read-fields.ts'

/** Cache writes by lifetime. */
export type CacheWrites = Readonly<Record<'cacheWrite' | 'cacheWrite30m' | 'cacheWrite1h' | 'cacheWrite12h', number>>

const POOLS: Readonly<Record<string, keyof CacheWrites>> = { '30m': 'cacheWrite30m', '1h': 'cacheWrite1h', '12h': 'cacheWrite12h' }

/**
 * Reads cache writes by lifetime from Anthropic's `{ ephemeral_1h_input_tokens: 200 }` or Bedrock's `[{ ttl: '1h', inputTokens: 200 }]`.
 * `cacheWrite` is the given total, or the sum of the lifetimes if that is larger. Other lifetimes count as 5 minutes.
 */
export function cacheWritesByLifetime(byLifetime: unknown, total: number, source: string): CacheWrites {
  const writes = { cacheWrite: 0, cacheWrite30m: 0, cacheWrite1h: 0, cacheWrite12h: 0 }
  for (const [lifetime, tokens] of lifetimes(byLifetime, source)) {
    writes.cacheWrite += tokens
    const pool = POOLS[lifetime]
    if (pool !== undefined) writes[pool] += tokens
  }
  return { ...writes, cacheWrite: Math.max(total, writes.cacheWrite) }
}

function lifetimes(byLifetime: unknown, source: string): readonly (readonly [lifetime: string, tokens: number])[] {
  if (Array.isArray(byLifetime)) {
    return byLifetime.map((detail: unknown) => [lifetimeIn(readField(detail, 'ttl')), readCount(readField(detail, 'inputTokens'), 'inputTokens', source) ?? 0])
  }
  if (!isObject(byLifetime)) return []
  return Object.entries(byLifetime).map(([name, tokens]) => [lifetimeIn(name), readCount(tokens, name, source) ?? 0])
}

/** Returns the lifetime in a name, such as "1h" in "ephemeral_1h_input_tokens"; "" if there is none. */
function lifetimeIn(name: unknown): string {
  return typeof name === 'string' ? (/(?<![a-z0-9])(\d+[mh])(?![a-z0-9])/i.exec(name.replaceAll('_', ' '))?.[1]?.toLowerCase() ?? '') : ''
}
