import { OPERATOR_SCOPE, type Scope, scopeIncludes } from '@tollgate/kernel'
import { demandStream, type DemandStream } from './demand-stream.ts'

/** A table that is only added to. Positions are whole numbers; no row ever becomes visible behind a position that was visible before. */
export interface TailSource<Row> {
  /** Rows of the scope behind a position, in their order. Fewer than `first` means that there are no more. */
  read(scope: Scope, query: { readonly after: bigint; readonly first: number }): Promise<readonly Row[]>
  /** The position of the last row that is visible, of any tenant; 0 where there is none. */
  last(): Promise<bigint>
  position(row: Row): bigint
  /** Null: an operator's alone. */
  tenantId(row: Row): string | null
}

/** Rows from a position on: what is stored, and then what comes. */
export interface TailStream<Row> extends DemandStream<Row> {
  /** The position of the last row that was taken: a stream from there on continues this one. */
  resumeAfter(): bigint
}

/** Follows one table for everyone in the process. */
export interface Tail<Row> {
  /** Rows of the scope behind `after`; without it, those that come from now on. Throws `BeyondTheEnd` for a position that no row can have yet. */
  follow(scope: Scope, after?: bigint): Promise<TailStream<Row>>
  /** There may be new rows. */
  wake(): void
}

/** A position was given that is behind every row that there is. */
export class BeyondTheEnd extends Error {}

/** How it is made. */
export interface TailOptions<Row> {
  readonly source: TailSource<Row>
  /** Told where new rows could not be read; they are tried again. */
  readonly onError?: (error: unknown) => void
  /** Rows that are read at once. */
  readonly pageSize?: number
  /** Rows kept for a follower that does not take them. Behind that it reads for itself, and nothing is kept. */
  readonly queueSize?: number
  readonly retryAfterMs?: number
}

/** What is known of one follower. */
interface Follower<Row> {
  readonly scope: Scope
  readonly stream: DemandStream<Row>
  queue: Row[]
  /** Everything up to here was taken, or is in the queue. Beyond the shared position only just after it read for itself. */
  reached: bigint
  /** Rows that are new for all are put into its queue. Otherwise it reads for itself from `reached`. */
  atTip: boolean
}

/**
 * New rows are read once for all followers that are at the tip, and handed out in memory. A follower that is behind (it
 * asked for older rows, or does not keep up) reads pages for itself, and joins the others at the moment when it has
 * reached the end, and the position up to which they were served: nothing is missed in between, and nothing comes twice.
 */
export function createTail<Row>({ source, onError = () => {}, pageSize = 500, queueSize = 256, retryAfterMs = 1_000 }: TailOptions<Row>): Tail<Row> {
  const followers = new Set<Follower<Row>>()
  /** What every follower at the tip was handed. Stands still while there is none. */
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
        handOut(rows)
        more = rows.length >= pageSize || wakes !== before
      }
    } catch (error) {
      onError(error)
      setTimeout(wake, retryAfterMs).unref()
    } finally {
      reading = false
    }
  }

  /** In one go with the change of the position: who joins before or after it is served by itself or by this, never by both or none. */
  function handOut(rows: readonly Row[]): void {
    for (const follower of followers) {
      if (!follower.atTip) continue
      for (const row of rows) if (follower.atTip) hand(follower, row)
      follower.stream.wake()
    }
    position = later(position, lastOf(rows))
  }

  function hand(follower: Follower<Row>, row: Row): void {
    if (source.position(row) <= follower.reached || !sees(follower.scope, source.tenantId(row))) return
    if (follower.queue.length >= queueSize) {
      follower.atTip = false
      return
    }
    follower.queue.push(row)
    follower.reached = source.position(row)
  }

  async function readFor(follower: Follower<Row>): Promise<void> {
    const before = { wakes, position }
    const rows = await source.read(follower.scope, { after: follower.reached, first: pageSize })
    follower.queue.push(...rows)
    follower.reached = later(follower.reached, lastOf(rows))
    if (rows.length >= pageSize) return
    // There were no more: it has all that others had been served when it asked. And what they were served since?
    follower.reached = later(follower.reached, before.position)
    if (follower.reached < position) return
    if (!atTip()) position = follower.reached
    follower.atTip = true
    if (wakes !== before.wakes) wake() // Nobody may have been at the tip to act on it.
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
          while (follower.queue.length === 0 && !follower.atTip) await readFor(follower)
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

function sees(scope: Scope, tenantId: string | null): boolean {
  return tenantId === null ? scope.kind === 'operator' : scopeIncludes(scope, tenantId)
}

function later(one: bigint, other: bigint): bigint {
  return one > other ? one : other
}
