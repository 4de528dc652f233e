/** Calls that the provider works on in the background. They end when the client retrieves what became of them. */
export interface PendingCalls {
  /** Keeps how to end a call until its response is retrieved. */
  add(id: string, end: (response: unknown) => void): void
  /** Takes the call of a response that was retrieved. */
  take(id: string): ((response: unknown) => void) | undefined
  has(id: string): boolean
}

/** If more are pending, the oldest is recorded with an estimate. */
export const MAX_PENDING_CALLS = 1_000

/** Creates an empty set of calls. */
export function createPendingCalls(): PendingCalls {
  const calls = new Map<string, (response: unknown) => void>()
  const take = (id: string) => {
    const end = calls.get(id)
    calls.delete(id)
    return end
  }
  return {
    add(id, end) {
      const [oldest] = calls.keys()
      if (calls.size >= MAX_PENDING_CALLS && oldest !== undefined) take(oldest)?.(undefined)
      calls.set(id, end)
    },
    take,
    has: id => calls.has(id),
  }
}
