import { type Decimal, isUuidV7, uuidV7Milliseconds, ZERO } from '@tollgate/kernel'
import type { Debit } from '../engine/command.ts'
import type { DebitRun } from '../engine/debit-run.ts'

/** A row of `credits.entries` that holds a run of debits, or a part of one. */
export interface DebitRow {
  readonly run: DebitRun
  readonly debits: readonly Debit[]
  /** Position of its first debit among the debits of all rows, from 1. */
  readonly first: number
  /** Sequence of its first debit. */
  readonly sequence: number
  /** What all its debits take. */
  readonly amount: Decimal
  /** Unix second of the ids of its events. Null in a row of one debit, and of debits without an event. */
  readonly eventSecond: number | null
  readonly balanceAfter: Decimal
  readonly consumedAfter: Decimal
  /** Null if all its debits have the same reason. */
  readonly reasons: readonly ReasonJson[] | null
}

/** Why a debit of a row debits, without its event. What is null is left out. */
export interface ReasonJson {
  readonly operation?: string
  readonly description?: string
  readonly resource_type?: string
  readonly resource_id?: string
  readonly cost_id?: string
}

/** Debits of one row: its arrays stay below 2 kB, above which PostgreSQL moves them out of the row. */
export const MAX_DEBITS_OF_ROW = 48

/** Characters of a UUIDv7 that give its millisecond and version. */
const UUID_V7_MILLISECOND = 15

/** Splits runs into rows. */
export function rowsOfRuns(runs: readonly DebitRun[]): DebitRow[] {
  const rows: DebitRow[] = []
  let first = 1
  for (const run of runs) {
    let { balanceBefore: balance, consumedBefore: consumed, sequenceBefore: sequence } = run
    for (let from = 0, to = 0; from < run.debits.length; from = to) {
      to = endOfRow(run.debits, from)
      const debits = run.debits.slice(from, to)
      const amount = debits.reduce((sum, debit) => sum.plus(debit.amount), ZERO)
      balance = balance.minus(amount)
      consumed = consumed.plus(amount)
      const eventSecond = debits.length === 1 ? null : (eventSecondOf(debits[0]?.eventId ?? null) ?? null)
      rows.push({ run, debits, first, sequence: sequence + 1, amount, eventSecond, balanceAfter: balance, consumedAfter: consumed, reasons: reasonsOf(debits) })
      first += debits.length
      sequence += debits.length
    }
  }
  return rows
}

/** Returns the second in which an event was made, by which a row of several is found. Null without an event; undefined if the id has no time. */
export function eventSecondOf(eventId: string | null): number | null | undefined {
  if (eventId === null) return null
  return isUuidV7(eventId) ? Math.floor(uuidV7Milliseconds(eventId) / 1_000) : undefined
}

function endOfRow(debits: readonly Debit[], from: number): number {
  const firstId = debits[from]?.eventId ?? null
  const second = eventSecondOf(firstId)
  let to = from + 1
  if (second === undefined) return to
  const last = Math.min(debits.length, from + MAX_DEBITS_OF_ROW)
  const millisecond = firstId?.slice(0, UUID_V7_MILLISECOND)
  for (; to < last; to += 1) {
    const id = debits[to]?.eventId ?? null
    // Most events of a batch were made in one millisecond.
    const isSame = id === null || millisecond === undefined ? id === firstId : id.startsWith(millisecond) || eventSecondOf(id) === second
    if (!isSame) break
  }
  return to
}

function reasonsOf(debits: readonly Debit[]): readonly ReasonJson[] | null {
  const [first] = debits
  if (first === undefined || debits.every(debit => isSameReason(debit, first))) return null
  return debits.map(({ operation, description, resourceType, resourceId, costId }) => ({
    ...(operation !== null && { operation }),
    ...(description !== null && { description }),
    ...(resourceType !== null && { resource_type: resourceType }),
    ...(resourceId !== null && { resource_id: resourceId }),
    ...(costId !== null && { cost_id: costId }),
  }))
}

function isSameReason(one: Debit, other: Debit): boolean {
  return (
    one.operation === other.operation &&
    one.costId === other.costId &&
    one.description === other.description &&
    one.resourceType === other.resourceType &&
    one.resourceId === other.resourceId
  )
}
