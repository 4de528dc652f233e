import { defineColumns, type PostgresTransaction, timestampArray, uuidArray } from '@tollgate/postgres'
import type { WalletDraft } from '../engine/wallet-draft.ts'
import { type DebitRow, rowsOfRuns } from './debit-rows.ts'

const ROWS = defineColumns<DebitRow>(column => [
  column('wallet_id', 'uuid', ({ run }) => run.walletId),
  column('sequence', 'bigint', ({ sequence }) => sequence),
  column('recorded_at', 'timestamptz', ({ run }) => run.recordedAt),
  column('first', 'integer', ({ first }) => first),
  column('entry_count', 'integer', ({ debits }) => debits.length),
  column('amount', 'numeric', ({ amount }) => amount),
  column('balance_after', 'numeric', ({ balanceAfter }) => balanceAfter),
  column('consumed_after', 'numeric', ({ consumedAfter }) => consumedAfter),
  column('paid_by', 'uuid', ({ run }) => run.grantId),
  column('event_second', 'bigint', ({ eventSecond }) => eventSecond),
  column('cost_id', 'uuid', ({ debits }) => debits[0]?.costId),
  column('operation', 'text', ({ debits }) => debits[0]?.operation),
  column('description', 'text', ({ debits }) => debits[0]?.description),
  column('resource_type', 'text', ({ debits }) => debits[0]?.resourceType),
  column('resource_id', 'text', ({ debits }) => debits[0]?.resourceId),
  // As text, because parameters cannot hold arrays of different lengths.
  column('amounts', 'text', ({ debits }) => (debits.length === 1 ? null : `{${debits.map(({ amount }) => amount.toFixed()).join()}}`)),
  column('reasons', 'jsonb', ({ reasons }) => reasons),
])

/** Parameters of the times and events of the debits of all rows. Elements of a fixed length are found by their position, without a join. */
const [TIMES, EVENTS] = ['$2::timestamptz[]', '$3::uuid[]']
const OF_ROW = '[first:first + entry_count - 1]'

const INSERT_ROWS = {
  name: 'credits_insert_debit_rows',
  text: `insert into credits.entries (tenant_id, wallet_id, sequence, kind, occurred_at, recorded_at, available, consumed, balance_after,
      consumed_after, paid_by, event_id, cost_id, operation, description, resource_type, resource_id,
      entry_count, amounts, occurred_ats, event_ids, event_second, reasons)
    select $1, wallet_id, sequence, 'debit', (${TIMES})[first], recorded_at, nullif(-amount, 0), nullif(amount, 0), balance_after,
      consumed_after, case when amount <> 0 then paid_by end, case when entry_count = 1 then (${EVENTS})[first] end,
      cost_id, operation, description, resource_type, resource_id,
      entry_count, amounts::numeric[], case when entry_count > 1 then (${TIMES})${OF_ROW} end,
      case when event_second is not null then (${EVENTS})${OF_ROW} end, event_second, reasons
    from ${ROWS.unnestAs('debited', 4)}`,
}

/** Inserts the entries of runs of debits, many in a row. */
export async function insertDebitRuns(transaction: PostgresTransaction, tenantId: string, drafts: readonly WalletDraft[]): Promise<void> {
  const runs = drafts.flatMap(({ debitRuns }) => debitRuns)
  if (runs.length === 0) return
  const debits = runs.flatMap(run => run.debits)
  const times = timestampArray(debits.map(({ occurredAt }) => occurredAt))
  const events = uuidArray(debits.map(({ eventId }) => eventId))
  await transaction.query(INSERT_ROWS, [tenantId, times, events, ...ROWS.values(rowsOfRuns(runs))])
}
