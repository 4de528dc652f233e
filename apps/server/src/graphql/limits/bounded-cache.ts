/**
 * A bounded cache by text. When it is full, it evicts the oldest entry that was not read since the last eviction; if all were read,
 * the oldest.
 */
export interface BoundedCache<Value> {
  get(key: string): Value | undefined
  set(key: string, value: Value): void
}

interface Entry<Value> {
  readonly value: Value
  wasUsed: boolean
}

/**
 * Creates a cache that is bounded in entries and in key length. Long documents, such as a batch inlined into the query, do not
 * repeat and are not cached. Reading only sets a mark, because moving entries would rebuild the map.
 */
export function boundedCache<Value>({ entries, keyLength }: { entries: number; keyLength: number }): BoundedCache<Value> {
  const byKey = new Map<string, Entry<Value>>()

  /** Removes the oldest entry that was not used. Those that were used count as new, and need another use to stay again. */
  function evict(): void {
    for (const [key, entry] of byKey) {
      byKey.delete(key)
      if (!entry.wasUsed) return
      entry.wasUsed = false
      byKey.set(key, entry)
    }
  }

  return {
    get(key) {
      const entry = byKey.get(key)
      if (entry === undefined) return undefined
      entry.wasUsed = true
      return entry.value
    },
    set(key, value) {
      if (key.length > keyLength) return
      if (byKey.size >= entries && !byKey.has(key)) evict()
      byKey.set(key, { value, wasUsed: false })
    },
  }
}
