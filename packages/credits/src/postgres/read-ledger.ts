import { Decimal, isUuid, type Page, type Scope, type Temporal, tenantScope, toPage } from '@tollgate/kernel'
import { type PostgresDatabase, statementValues, uuidArray } from '@tollgate/postgres'
import type { EntriesQuery, EventDebit } from '../credit-store.ts'
import type { CreditEntry } from '../model/entry.ts'
import type { Wallet } from '../model/wallet.ts'
import { ownerScope } from './owner-scope.ts'
import { querySource, type Source } from './query-source.ts'
import { entryOf, type EntryRow, SELECT_ENTRY } from './tables/entries.ts'

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
  // Uses the primary key (tenant_id, wallet_id, sequence). The name of the table matters: the selected sequence is text.
  const text = `select ${SELECT_ENTRY} from credits.entries where ${conditions.join(' and ')} order by entries.sequence desc limit ${statement.add(first + 1)}`
  return toPage((await database.query<EntryRow>(scope, text, statement.values)).map(entryOf), first)
}

// Halves the sequences of the wallet until one is left: the last entry recorded before a time. Each step reads one row by
// the primary key, which spares an index by time that every debit would have to write.
const LAST_SEQUENCE_BEFORE = `with recursive search (low, high) as (
    select 0::bigint, coalesce((select max(sequence) from credits.entries where tenant_id = $1 and wallet_id = $2::uuid), 0)
    union all
    select case when entry.recorded_at < $3::timestamptz then entry.sequence else low end,
           case when entry.recorded_at < $3::timestamptz then high else entry.sequence - 1 end
    from search join credits.entries as entry on entry.tenant_id = $1 and entry.wallet_id = $2::uuid and entry.sequence = (low + high + 1) / 2
    where low < high
  )
  select low::text as low from search where low >= high`

async function lastSequenceBefore(database: PostgresDatabase, { scope, tenantId, walletId }: WalletInScope, time: Temporal.Instant): Promise<string> {
  const [row] = await database.query<{ low: string }>(scope, LAST_SEQUENCE_BEFORE, [tenantId, walletId, time.toString()])
  return row?.low ?? '0'
}

const ENTRY = `select ${SELECT_ENTRY} from credits.entries where tenant_id = $1 and wallet_id = $2::uuid and sequence = $3`

/** Returns the last entry that was recorded before a time. */
export async function lastEntryBefore(database: PostgresDatabase, wallet: Wallet, time: Temporal.Instant): Promise<CreditEntry | undefined> {
  const scope = ownerScope(wallet)
  const sequence = await lastSequenceBefore(database, { scope, tenantId: wallet.tenantId, walletId: wallet.id }, time)
  const [row] = await database.query<EntryRow>(scope, ENTRY, [wallet.tenantId, wallet.id, sequence])
  return row && entryOf(row)
}

// Uses entries_of_events.
const DEBITS_OF_EVENTS = `select event_id, wallet_id, sum(consumed) as amount, (array_agg(cost_id order by sequence))[1] as cost_id
  from credits.entries where tenant_id = $1 and event_id = any ($2::uuid[]) group by event_id, wallet_id`

interface EventDebitRow {
  readonly event_id: string
  readonly wallet_id: string
  readonly amount: string | null
  readonly cost_id: string | null
}

/** Returns what events were debited, corrections included. */
export async function debitsOfEvents(source: Source, tenantId: string, eventIds: readonly string[]): Promise<readonly EventDebit[]> {
  const values = [tenantId, uuidArray(eventIds.filter(isUuid))]
  const rows = await querySource<EventDebitRow>(source, tenantScope(tenantId), { statement: DEBITS_OF_EVENTS, values })
  return rows.map(({ event_id, wallet_id, amount, cost_id }) => ({
    eventId: event_id,
    walletId: wallet_id,
    amount: new Decimal(amount ?? 0),
    costId: cost_id,
  }))
}

// Uses entries_of_events.
const ENTRIES_OF_EVENTS = `select ${SELECT_ENTRY} from credits.entries where tenant_id = $1 and event_id = any ($2::uuid[]) and kind <> 'correction'`

/** Returns the entries that debited events when they were recorded. */
export async function entriesOfEvents(database: PostgresDatabase, tenantId: string, eventIds: readonly string[]): Promise<readonly CreditEntry[]> {
  return (await database.query<EntryRow>(tenantScope(tenantId), ENTRIES_OF_EVENTS, [tenantId, uuidArray(eventIds.filter(isUuid))])).map(entryOf)
}
