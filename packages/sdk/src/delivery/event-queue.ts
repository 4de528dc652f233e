import type { QueuedEvent } from './queued-event.ts'

/** Events by tenant, in order. Batches are of one tenant, and tenants take turns. */
export interface EventQueue {
  readonly size: number
  readonly bytes: number
  /** Number of events that a caller waits for. */
  readonly waiting: number
  push(entry: QueuedEvent): void
  /** Takes the next events of one tenant. */
  take(limits: BatchLimits): QueuedEvent[]
  /** Removes and returns the oldest event of the next tenant. */
  takeOldest(): QueuedEvent | undefined
  /** No caller waits any more. Returns the events that a caller waited for. */
  stopWaiting(): QueuedEvent[]
}

/** Limits of a batch. A single event may be larger than `bytes`. */
export interface BatchLimits {
  readonly count: number
  readonly bytes: number
}

/** An event that failed this often is sent alone, so that it cannot hold up the others. */
const ATTEMPTS_TOGETHER = 3

interface Fifo {
  entries: QueuedEvent[]
  head: number
}

/** Creates an empty queue. */
export function createEventQueue(): EventQueue {
  const tenants = new Map<string | undefined, Fifo>()
  let size = 0
  let bytes = 0
  let waiting = 0

  const remove = (fifo: Fifo): QueuedEvent | undefined => {
    const entry = fifo.entries[fifo.head]
    if (entry === undefined) return undefined
    fifo.head += 1
    if (fifo.head > 1_000 && fifo.head * 2 > fifo.entries.length) {
      fifo.entries = fifo.entries.slice(fifo.head)
      fifo.head = 0
    }
    size -= 1
    bytes -= entry.bytes
    if (entry.resolve !== undefined) waiting -= 1
    return entry
  }
  const nextTenant = (): [string | undefined, Fifo] | undefined => {
    for (const [tenantId, fifo] of tenants) {
      tenants.delete(tenantId)
      if (fifo.head < fifo.entries.length) return [tenantId, fifo]
    }
    return undefined
  }

  return {
    get size() {
      return size
    },
    get bytes() {
      return bytes
    },
    get waiting() {
      return waiting
    },
    push(entry) {
      let fifo = tenants.get(entry.tenantId)
      if (fifo === undefined) tenants.set(entry.tenantId, (fifo = { entries: [], head: 0 }))
      fifo.entries.push(entry)
      size += 1
      bytes += entry.bytes
      if (entry.resolve !== undefined) waiting += 1
    },
    take(limits) {
      const next = nextTenant()
      if (next === undefined) return []
      const [tenantId, fifo] = next
      const batch: QueuedEvent[] = []
      let taken = 0
      for (let entry = fifo.entries[fifo.head]; entry !== undefined; entry = fifo.entries[fifo.head]) {
        const alone = entry.attempts > ATTEMPTS_TOGETHER
        if (batch.length > 0 && (alone || batch.length >= limits.count || taken + entry.bytes > limits.bytes)) break
        remove(fifo)
        batch.push(entry)
        taken += entry.bytes
        if (alone) break
      }
      if (fifo.head < fifo.entries.length) tenants.set(tenantId, fifo)
      return batch
    },
    takeOldest() {
      const next = nextTenant()
      if (next === undefined) return undefined
      const entry = remove(next[1])
      tenants.set(...next)
      return entry
    },
    stopWaiting() {
      if (waiting === 0) return []
      const entries = [...tenants.values()].flatMap(fifo => fifo.entries.slice(fifo.head)).filter(({ resolve }) => resolve !== undefined)
      waiting = 0
      return entries
    },
  }
}
