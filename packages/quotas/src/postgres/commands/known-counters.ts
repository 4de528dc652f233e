/** Counters whose rows exist, as far as this process knows: it has locked them before. The sweep may have deleted them since. */
export interface KnownCounters {
  has(id: string): boolean
  add(ids: readonly string[]): void
}

const MAX_KNOWN = 100_000

/** Remembers at most 100,000 counters. */
export function knownCounters(): KnownCounters {
  const known = new Set<string>()
  return {
    has: id => known.has(id),
    add(ids) {
      if (known.size + ids.length > MAX_KNOWN) known.clear()
      for (const id of ids) known.add(id)
    },
  }
}
