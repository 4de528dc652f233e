/**
 * Makes one look-up of many that come in while another is under way. A look-up that has begun is never joined: what it
 * reads may be older than the question, and a key revoked in between must not pass.
 */
export function coalescedLookup<Value>(load: (keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>): (key: string) => Promise<Value | undefined> {
  let running = false
  let next: { keys: Set<string>; found: PromiseWithResolvers<ReadonlyMap<string, Value>> } | undefined

  async function run(): Promise<void> {
    running = true
    while (next !== undefined) {
      const { keys, found } = next
      next = undefined
      await load([...keys]).then(found.resolve, found.reject)
    }
    running = false
  }

  return async key => {
    next ??= { keys: new Set(), found: Promise.withResolvers() }
    next.keys.add(key)
    const { promise } = next.found
    if (!running) void run()
    return (await promise).get(key)
  }
}
