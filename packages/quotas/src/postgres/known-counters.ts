/** Counters that are there, as far as this process knows: it has locked them before. Their rows may have been swept since. */
export interface KnownCounters {
  has(id: string): boolean
  add(ids: readonly string[]): void
}

const MOST = 100_000

/** Remembers 100,000. */
export function knownCounters(): KnownCounters {
  const known = new Set<string>()
  return {
    has: id => known.has(id),
    add(ids) {
      if (known.size + ids.length > MOST) known.clear()
      for (const id of ids) known.add(id)
    },
  }
}
