import { defineColumns, type PostgresTransaction } from '@tollgate/postgres'
import type { Debit } from '../engine/command.ts'
import type { DebitRun } from '../engine/debit-run.ts'
import type { WalletDraft } from '../engine/wallet-draft.ts'

/** A debit and its run. */
interface RunDebit {
  readonly run: DebitRun
  /** Position of the run among those that are written together, from 1. */
  readonly runNumber: number
  /** Position in the run, from 0. */
  readonly position: number
  readonly debit: Debit
}

const RUNS = defineColumns<DebitRun>(column => [
  column('wallet_id', 'uuid', ({ walletId }) => walletId),
  column('recorded_at', 'timestamptz', ({ recordedAt }) => recordedAt),
  column('paid_by', 'uuid', ({ grantId }) => grantId),
])

const DEBITS = defineColumns<RunDebit>(column => [
  column('run', 'integer', ({ runNumber }) => runNumber),
  column('sequence', 'bigint', ({ run, position }) => run.sequenceBefore + position + 1),
  // Only with the first debit of a run: PostgreSQL adds up the others.
  column('balance_before', 'numeric', ({ run, position }) => (position === 0 ? run.balanceBefore : null)),
  column('consumed_before', 'numeric', ({ run, position }) => (position === 0 ? run.consumedBefore : null)),
  column('amount', 'numeric', ({ debit }) => debit.amount),
  column('occurred_at', 'timestamptz', ({ debit }) => debit.occurredAt),
  column('event_id', 'uuid', ({ debit }) => debit.eventId),
  column('cost_id', 'uuid', ({ debit }) => debit.costId),
  column('operation', 'text', ({ debit }) => debit.operation),
  column('description', 'text', ({ debit }) => debit.description),
  column('resource_type', 'text', ({ debit }) => debit.resourceType),
  column('resource_id', 'text', ({ debit }) => debit.resourceId),
])

/** Expression for a column of the run of a debit. Elements of a fixed length are found by their position, without a join. */
const ofRun = (name: string) => {
  const at = RUNS.list.findIndex(column => column.name === name)
  return `($${at + 2}::${RUNS.list[at]?.type}[])[debit.run]`
}

const INSERT_DEBITS = {
  name: 'credits_insert_debits',
  text: `insert into credits.entries (tenant_id, wallet_id, sequence, kind, occurred_at, recorded_at, available, consumed,
      balance_after, consumed_after, event_id, cost_id, paid_by, operation, description, resource_type, resource_id)
    select $1, ${ofRun('wallet_id')}, sequence, 'debit', occurred_at, ${ofRun('recorded_at')}, nullif(-amount, 0), nullif(amount, 0),
      first_value(balance_before) over run - sum(amount) over run, first_value(consumed_before) over run + sum(amount) over run,
      event_id, cost_id, case when amount <> 0 then ${ofRun('paid_by')} end, operation, description, resource_type, resource_id
    from ${DEBITS.unnestAs('debit', RUNS.list.length + 2)}
    window run as (partition by debit.run order by sequence rows unbounded preceding)`,
}

/** Inserts the entries of runs of debits. */
export async function insertDebitRuns(transaction: PostgresTransaction, tenantId: string, drafts: readonly WalletDraft[]): Promise<void> {
  const runs = drafts.flatMap(({ debitRuns }) => debitRuns)
  if (runs.length === 0) return
  const debits: RunDebit[] = []
  for (const [i, run] of runs.entries()) {
    for (const [position, debit] of run.debits.entries()) debits.push({ run, runNumber: i + 1, position, debit })
  }
  await transaction.query(INSERT_DEBITS, [tenantId, ...RUNS.values(runs), ...DEBITS.values(debits)])
}
