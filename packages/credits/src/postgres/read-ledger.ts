import { Decimal, isUuid, type Page, type Scope, type Temporal, tenantScope, toPage } from '@tollgate/kernel'
import { bigintArray, type PostgresDatabase, statementValues, uuidArray } from '@tollgate/postgres'
import type { EntriesQuery, EventDebit } from '../credit-store.ts'
import type { CreditEntry } from '../model/entry.ts'
import type { Wallet } from '../model/wallet.ts'
import { eventSecondOf } from './debit-rows.ts'
import { ownerScope } from './owner-scope.ts'
import { querySource, type Source } from './query-source.ts'
import { entryOf, type EntryRow, JOIN_ENTRIES, SELECT_ENTRY } from './tables/entries.ts'

/** A wallet, and the scope in which it is read. */
interface WalletInScope {
  readonly scope: Scope
  readonly tenantId: string
  readonly walletId: string
}

/** Lists entries, latest first. The bounds of a period are found by sequence, because times never decrease. */
export async function listEntries(
  database: PostgresDatabase,
  { tenantId, walletId, customerId = null, first, after, recorded }: EntriesQuery,
): Promise<Page<CreditEntry>> {
  const scope = ownerScope({ tenantId, customerId })
  const statement = statementValues()
  const conditions = [`tenant_id = ${statement.add(tenantId)}`, `wallet_id = ${statement.add(walletId)}::uuid`]
  if (after !== undefined) conditions.push(`sequence < ${statement.add(after)}`)
  if (recorded !== undefined) {
    const [from, to] = await Promise.all([
      lastSequenceBefore(database, { scope, tenantId, walletId }, recorded.from),
      lastSequenceBefore(database, { scope, tenantId, walletId }, recorded.to),
    ])
    conditions.push(`sequence > ${statement.add(from)}`, `sequence <= ${statement.add(to)}`)
  }
  const bounds = conditions.join(' and ')
  const most = statement.add(first + 1)
  // Uses the primary key (tenant_id, wallet_id, sequence). The last row may hold entries after the cursor.
  const text = `select ${SELECT_ENTRY}
    from (select * from credits.entries where ${bounds} order by sequence desc limit ${most}) as line ${JOIN_ENTRIES}
    ${after === undefined ? '' : `where line.sequence + entry.position < ${statement.add(after)}`}
    order by line.sequence desc, entry.position desc limit ${most}`
  return toPage((await database.query<EntryRow>(scope, text, statement.values)).map(entryOf), first)
}

// Halves the sequences of the wallet until one is left: the last entry recorded before a time. Each step reads the row that
// holds an entry by the primary key, which spares an index by time that every debit would have to write. The entries of a row
// were recorded at the same time.
const LAST_SEQUENCE_BEFORE = `with recursive search (low, high) as (
    select 0::bigint, coalesce((select sequence + entry_count - 1 from credits.entries where tenant_id = $1 and wallet_id = $2::uuid order by sequence desc limit 1), 0)
    union all
    select case when line.recorded_at < $3::timestamptz then line.last else low end,
           case when line.recorded_at < $3::timestamptz then high else line.sequence - 1 end
    from search cross join lateral (
      select sequence, sequence + entry_count - 1 as last, recorded_at from credits.entries
      where tenant_id = $1 and wallet_id = $2::uuid and sequence <= (low + high + 1) / 2 order by sequence desc limit 1
    ) as line
    where low < high
  )
  select low::text as low from search where low >= high`

async function lastSequenceBefore(database: PostgresDatabase, { scope, tenantId, walletId }: WalletInScope, time: Temporal.Instant): Promise<string> {
  const [row] = await database.query<{ low: string }>(scope, LAST_SEQUENCE_BEFORE, [tenantId, walletId, time.toString()])
  return row?.low ?? '0'
}

// Uses the primary key (tenant_id, wallet_id, sequence).
const ENTRY = `select ${SELECT_ENTRY}
  from (
    select * from credits.entries where tenant_id = $1 and wallet_id = $2::uuid and sequence <= $3::bigint order by sequence desc limit 1
  ) as line ${JOIN_ENTRIES}
  where line.sequence + entry.position = $3::bigint`

/** Returns the last entry that was recorded before a time. */
export async function lastEntryBefore(database: PostgresDatabase, wallet: Wallet, time: Temporal.Instant): Promise<CreditEntry | undefined> {
  const scope = ownerScope(wallet)
  const sequence = await lastSequenceBefore(database, { scope, tenantId: wallet.tenantId, walletId: wallet.id }, time)
  const [row] = await database.query<EntryRow>(scope, ENTRY, [wallet.tenantId, wallet.id, sequence])
  return row && entryOf(row)
}

// Uses entries_of_events, and entries_of_event_runs for rows of several entries.
const OF_EVENTS = `from credits.entries as line ${JOIN_ENTRIES}
  where line.tenant_id = $1 and (line.event_id = any ($2::uuid[]) or line.event_second = any ($3::bigint[])) and entry.event_id = any ($2::uuid[])`

const DEBITS_OF_EVENTS = `select entry.event_id, line.wallet_id, sum(entry.consumed) as amount,
    (array_agg(entry.cost_id order by line.sequence, entry.position))[1] as cost_id
  ${OF_EVENTS} group by entry.event_id, line.wallet_id`

interface EventDebitRow {
  readonly event_id: string
  readonly wallet_id: string
  readonly amount: string | null
  readonly cost_id: string | null
}

/** Returns what events were debited, corrections included. */
export async function debitsOfEvents(source: Source, tenantId: string, eventIds: readonly string[]): Promise<readonly EventDebit[]> {
  const rows = await querySource<EventDebitRow>(source, tenantScope(tenantId), { statement: DEBITS_OF_EVENTS, values: eventValues(tenantId, eventIds) })
  return rows.map(({ event_id, wallet_id, amount, cost_id }) => ({
    eventId: event_id,
    walletId: wallet_id,
    amount: new Decimal(amount ?? 0),
    costId: cost_id,
  }))
}

const ENTRIES_OF_EVENTS = `select ${SELECT_ENTRY} ${OF_EVENTS} and line.kind <> 'correction'`

/** Returns the entries that debited events when they were recorded. */
export async function entriesOfEvents(database: PostgresDatabase, tenantId: string, eventIds: readonly string[]): Promise<readonly CreditEntry[]> {
  return (await database.query<EntryRow>(tenantScope(tenantId), ENTRIES_OF_EVENTS, eventValues(tenantId, eventIds))).map(entryOf)
}

function eventValues(tenantId: string, eventIds: readonly string[]): readonly unknown[] {
  const ids = eventIds.filter(isUuid)
  const seconds = new Set(ids.map(eventSecondOf).filter(second => typeof second === 'number'))
  return [tenantId, uuidArray(ids), bigintArray([...seconds])]
}
