/** Remembers some values by text; forgets the ones that were used least recently. */
export interface BoundedCache<Value> {
  get(key: string): Value | undefined
  set(key: string, value: Value): void
}

/** Bounded in number and in size: a long document, such as a batch written into its text, would not come again anyway. */
export function boundedCache<Value>({ entries, keyLength }: { entries: number; keyLength: number }): BoundedCache<Value> {
  const values = new Map<string, Value>()
  return {
    get(key) {
      const value = values.get(key)
      if (value !== undefined) {
        // A map keeps the order of insertion: inserted anew, this one is the last to go.
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
