import { OPERATOR_SCOPE, type Scope, scopeIncludes } from '@tollgate/kernel'
import { demandStream, type DemandStream } from './demand-stream.ts'
import { wakeInSlices } from './wake-in-slices.ts'

/** An append-only table. Positions are integers, and a row never becomes visible after a row with a higher position. */
export interface TailSource<Row> {
  /** Returns rows of the scope after a position, in order. Fewer than `first` means that there are no more. */
  read(scope: Scope, query: { readonly after: bigint; readonly first: number }): Promise<readonly Row[]>
  /** Returns the position of the last visible row of any tenant; 0 if there is none. */
  last(): Promise<bigint>
  position(row: Row): bigint
  /** Returns the row's tenant; null for a row that only operators may see. */
  tenantId(row: Row): string | null
  /** Returns the row's customer; null for none. Without it, the scope of a customer sees no row. */
  customerId?(row: Row): string | null
}

/** Rows after a position: first those that are stored, then new ones as they arrive. */
export interface TailStream<Row> extends DemandStream<Row> {
  /** Returns the position of the last row that was read. A stream from there continues this one. */
  resumeAfter(): bigint
}

/** Follows a table for all subscribers of the process. */
export interface Tail<Row> {
  /** Streams rows of the scope after `after`; without it, new rows only. Throws `BeyondTheEnd` for a position that no row has yet. */
  follow(scope: Scope, after?: bigint): Promise<TailStream<Row>>
  /** Signals that there may be new rows. */
  wake(): void
}

/** The position is after every row of the table. */
export class BeyondTheEnd extends Error {}

/** Options of a tail. */
export interface TailOptions<Row> {
  readonly source: TailSource<Row>
  /** Called when new rows could not be read. They are read again later. */
  readonly onError?: (error: unknown) => void
  /** Maximum number of rows of one read. */
  readonly pageSize?: number
  /** Maximum number of rows buffered for a follower. A slower follower reads the table itself, and nothing is buffered for it. */
  readonly queueSize?: number
  readonly retryAfterMs?: number
}

/** The state of one follower. */
interface Follower<Row> {
  readonly scope: Scope
  readonly stream: DemandStream<Row>
  queue: Row[]
  /** Every row up to here was read or is in the queue. It exceeds the shared position only just after the follower read the table itself. */
  reached: bigint
  /** Whether new rows are put into its queue. Otherwise it reads the table itself, from `reached`. */
  atTip: boolean
}

/**
 * Creates a tail. New rows are read once for all followers at the tip and distributed in memory. A follower that is
 * behind, because it asked for older rows or is slow, reads pages itself. It joins the others once it has reached the end
 * of the table and the position up to which they were served, so that it misses no row and gets none twice.
 */
export function createTail<Row>({ source, onError = () => {}, pageSize = 500, queueSize = 256, retryAfterMs = 1_000 }: TailOptions<Row>): Tail<Row> {
  const followers = new Set<Follower<Row>>()
  /** The last position given to every follower at the tip. Does not advance while there is none. */
  let position = 0n
  let reading = false
  let wakes = 0

  function wake(): void {
    wakes += 1
    if (!reading && atTip()) void readNew()
  }

  async function readNew(): Promise<void> {
    reading = true
    try {
      for (let more = true; more && atTip();) {
        const before = wakes
        const rows = await source.read(OPERATOR_SCOPE, { after: position, first: pageSize })
        distribute(rows)
        more = rows.length >= pageSize || wakes !== before
      }
    } catch (error) {
      onError(error)
      setTimeout(wake, retryAfterMs).unref()
    } finally {
      reading = false
    }
  }

  /** Distributes rows and advances the position in one synchronous step. A follower that joins before it gets the rows here, one that joins after it reads them itself. */
  function distribute(rows: readonly Row[]): void {
    const woken: DemandStream<Row>[] = []
    for (const follower of followers) {
      if (!follower.atTip) continue
      for (const row of rows) if (follower.atTip) enqueue(follower, row)
      woken.push(follower.stream)
    }
    void wakeInSlices(woken)
    position = later(position, lastOf(rows))
  }

  function enqueue(follower: Follower<Row>, row: Row): void {
    if (source.position(row) <= follower.reached || !sees(follower.scope, source.tenantId(row), source.customerId?.(row))) return
    if (follower.queue.length >= queueSize) {
      follower.atTip = false
      return
    }
    follower.queue.push(row)
    follower.reached = source.position(row)
  }

  async function readPage(follower: Follower<Row>): Promise<void> {
    const before = { wakes, position }
    const rows = await source.read(follower.scope, { after: follower.reached, first: pageSize })
    follower.queue.push(...rows)
    follower.reached = later(follower.reached, lastOf(rows))
    if (rows.length >= pageSize) return
    // It reached the end, so it has all rows that others had when it asked. They may have received more since.
    follower.reached = later(follower.reached, before.position)
    if (follower.reached < position) return
    if (!atTip()) position = follower.reached
    follower.atTip = true
    if (wakes !== before.wakes) wake() // Without a follower at the tip, these wakes had no effect.
  }

  function atTip(): boolean {
    for (const follower of followers) if (follower.atTip) return true
    return false
  }

  function lastOf(rows: readonly Row[]): bigint {
    const row = rows.at(-1)
    return row === undefined ? 0n : source.position(row)
  }

  return {
    wake,
    async follow(scope, after) {
      const last = await source.last()
      if (after !== undefined && after > last) throw new BeyondTheEnd()
      let taken = after ?? last
      const stream = demandStream<Row>({
        async take() {
          while (follower.queue.length === 0 && !follower.atTip) await readPage(follower)
          const row = follower.queue.shift()
          if (row !== undefined) taken = source.position(row)
          return row
        },
        onEnd: () => followers.delete(follower),
      })
      const follower: Follower<Row> = { scope, stream, queue: [], reached: taken, atTip: false }
      followers.add(follower)
      return Object.assign(stream, { resumeAfter: () => taken })
    },
  }
}

function sees(scope: Scope, tenantId: string | null, customerId: string | null | undefined): boolean {
  return tenantId === null ? scope.kind === 'operator' : scopeIncludes(scope, tenantId, customerId ?? undefined)
}

function later(one: bigint, other: bigint): bigint {
  return one > other ? one : other
}
