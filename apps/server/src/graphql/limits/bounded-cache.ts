/** A cache of values by text, which evicts the least recently used. */
export interface BoundedCache<Value> {
  get(key: string): Value | undefined
  set(key: string, value: Value): void
}

/** Creates a cache that is bounded in entries and in key length. Long documents, such as a batch inlined into the query, do not repeat and are not cached. */
export function boundedCache<Value>({ entries, keyLength }: { entries: number; keyLength: number }): BoundedCache<Value> {
  const values = new Map<string, Value>()
  return {
    get(key) {
      const value = values.get(key)
      if (value !== undefined) {
        // A map keeps insertion order. Inserted again, this value is evicted last.
        values.delete(key)
        values.set(key, value)
      }
      return value
    },
    set(key, value) {
      if (key.length > keyLength) return
      values.delete(key)
      values.set(key, value)
      if (values.size > entries) values.delete(values.keys().next().value ?? '')
    },
  }
}
