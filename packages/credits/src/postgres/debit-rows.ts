import { type Decimal, isUuidV7, uuidV7Milliseconds, ZERO } from '@tollgate/kernel'
import { columnOf } from '@tollgate/postgres'
import type { Debit } from '../engine/command.ts'

/** Debits that share a row of `credits.entries`. */
export interface DebitRow {
  readonly debits: readonly Debit[]
  /** Position of its first debit among the debits of all rows, from 1. */
  readonly first: number
  /** What all its debits take. */
  readonly amount: Decimal
  /** Unix second of the ids of its events. Null in a row of one debit, and of debits without an event. */
  readonly eventSecond: number | null
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

const column = columnOf<DebitRow>()

/** The columns of a row that do not depend on balances. */
export const DEBIT_ROW_COLUMNS = [
  column('first', 'integer', ({ first }) => first),
  column('entry_count', 'integer', ({ debits }) => debits.length),
  column('amount', 'numeric', ({ amount }) => amount),
  column('event_second', 'bigint', ({ eventSecond }) => eventSecond),
  column('cost_id', 'uuid', ({ debits }) => debits[0]?.costId),
  column('operation', 'text', ({ debits }) => debits[0]?.operation),
  column('description', 'text', ({ debits }) => debits[0]?.description),
  column('resource_type', 'text', ({ debits }) => debits[0]?.resourceType),
  column('resource_id', 'text', ({ debits }) => debits[0]?.resourceId),
  // As text, because parameters cannot hold arrays of different lengths.
  column('amounts', 'text', ({ debits }) => (debits.length === 1 ? null : `{${debits.map(({ amount }) => amount.toFixed()).join()}}`)),
  column('reasons', 'jsonb', ({ reasons }) => reasons),
]

/**
 * Returns a statement that inserts rows. `rows` is a relation with the columns of `DEBIT_ROW_COLUMNS`, wallet_id, sequence,
 * recorded_at, balance_after, consumed_after and paid_by. Parameters: `$1` is the tenant, `$2` the times and `$3` the events of
 * the debits of all rows, of which each row takes its own by their position.
 */
export function insertDebitRows(rows: string): string {
  const ofRow = '[first:first + entry_count - 1]'
  return `insert into credits.entries (tenant_id, wallet_id, sequence, kind, occurred_at, recorded_at, available, consumed, balance_after,
      consumed_after, paid_by, event_id, cost_id, operation, description, resource_type, resource_id,
      entry_count, amounts, occurred_ats, event_ids, event_second, reasons)
    select $1, wallet_id, sequence, 'debit', ($2::timestamptz[])[first], recorded_at, nullif(-amount, 0), nullif(amount, 0), balance_after,
      consumed_after, case when amount <> 0 then paid_by end, case when entry_count = 1 then ($3::uuid[])[first] end,
      cost_id, operation, description, resource_type, resource_id,
      entry_count, amounts::numeric[], case when entry_count > 1 then ($2::timestamptz[])${ofRow} end,
      case when event_second is not null then ($3::uuid[])${ofRow} end, event_second, reasons
    from ${rows}`
}

/** Splits consecutive debits of a wallet into rows. `first` is the position of the first among all. */
export function splitDebits(debits: readonly Debit[], first: number): DebitRow[] {
  const rows: DebitRow[] = []
  for (let from = 0, to = 0; from < debits.length; from = to) {
    to = endOfRow(debits, from)
    const ofRow = debits.slice(from, to)
    const amount = ofRow.reduce((sum, debit) => sum.plus(debit.amount), ZERO)
    const eventSecond = ofRow.length === 1 ? null : (eventSecondOf(ofRow[0]?.eventId ?? null) ?? null)
    rows.push({ debits: ofRow, first: first + from, amount, eventSecond, reasons: reasonsOf(ofRow) })
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
