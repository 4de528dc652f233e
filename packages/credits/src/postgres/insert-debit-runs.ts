import type { Decimal } from '@tollgate/kernel'
import { defineColumns, type PostgresTransaction, timestampArray, uuidArray } from '@tollgate/postgres'
import type { DebitRun } from '../engine/debit-run.ts'
import type { WalletDraft } from '../engine/wallet-draft.ts'
import { DEBIT_ROW_COLUMNS, type DebitRow, insertDebitRows, splitDebits } from './debit-rows.ts'

/** A row of debits, and its run. */
interface RunRow extends DebitRow {
  readonly run: DebitRun
  /** Sequence of its first debit. */
  readonly sequence: number
  readonly balanceAfter: Decimal
  readonly consumedAfter: Decimal
}

const ROWS = defineColumns<RunRow>(column => [
  column('wallet_id', 'uuid', ({ run }) => run.walletId),
  column('sequence', 'bigint', ({ sequence }) => sequence),
  column('recorded_at', 'timestamptz', ({ run }) => run.recordedAt),
  column('balance_after', 'numeric', ({ balanceAfter }) => balanceAfter),
  column('consumed_after', 'numeric', ({ consumedAfter }) => consumedAfter),
  column('paid_by', 'uuid', ({ run }) => run.grantId),
  ...DEBIT_ROW_COLUMNS,
])

const INSERT_RUNS = { name: 'credits_insert_debit_runs', text: insertDebitRows(ROWS.unnestAs('debited', 4)) }

/** Inserts the entries of runs of debits, many in a row. */
export async function insertDebitRuns(transaction: PostgresTransaction, tenantId: string, drafts: readonly WalletDraft[]): Promise<void> {
  const runs = drafts.flatMap(({ debitRuns }) => debitRuns)
  if (runs.length === 0) return
  const rows: RunRow[] = []
  const debits = runs.flatMap(run => run.debits)
  let first = 1
  for (const run of runs) {
    let { balanceBefore: balance, consumedBefore: consumed, sequenceBefore: sequence } = run
    for (const row of splitDebits(run.debits, first)) {
      balance = balance.minus(row.amount)
      consumed = consumed.plus(row.amount)
      rows.push({ ...row, run, sequence: sequence + 1, balanceAfter: balance, consumedAfter: consumed })
      sequence += row.debits.length
    }
    first += run.debits.length
  }
  const times = timestampArray(debits.map(({ occurredAt }) => occurredAt))
  const events = uuidArray(debits.map(({ eventId }) => eventId))
  await transaction.query(INSERT_RUNS, [tenantId, times, events, ...ROWS.values(rows)])
}
