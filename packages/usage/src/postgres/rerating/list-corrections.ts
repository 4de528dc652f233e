import { decimalOrNull, inScope, type PostgresDatabase, type Statement, statementValues, uuidArray } from '@tollgate/postgres'
import { Decimal, isUuid, OPERATOR_SCOPE, type Scope, Temporal } from '@tollgate/kernel'
import type { CostCorrection } from '../../model/cost-correction.ts'
import type { PricingState } from '../../model/event.ts'
import { addChanges, NO_CHANGES, type PeriodChanges, type RatingChanges, SAMPLED_CHANGES } from '../../model/rating-changes.ts'
import { CORRECTION_COLUMNS } from '../schema/correction-columns.ts'

const COLUMNS = `run_id, corrected_at, ${CORRECTION_COLUMNS.names}`

interface CorrectionRow {
  readonly event_id: string
  readonly run_id: string
  readonly occurred_at: string
  readonly corrected_at: string
  readonly version: number
  readonly tenant_id: string
  readonly old_state: PricingState
  readonly new_state: PricingState
  readonly old_price_id: string | null
  readonly new_price_id: string | null
  readonly old_cost: string | null
  readonly new_cost: string | null
  readonly old_reason: string | null
  readonly new_reason: string | null
}

interface PeriodRow {
  readonly tenant_id: string
  readonly month: string
  readonly events: string
  readonly newly_priced: string
  readonly newly_unpriced: string
  readonly old_cost: string
  readonly new_cost: string
}

// Both rely on the index on run_id.
const PERIODS = `
  select tenant_id, to_char(occurred_at at time zone 'UTC', 'YYYY-MM') as month, count(*) as events,
    count(*) filter (where old_state = 'unpriced' and new_state <> 'unpriced') as newly_priced,
    count(*) filter (where old_state <> 'unpriced' and new_state = 'unpriced') as newly_unpriced,
    coalesce(sum(old_cost), 0) as old_cost, coalesce(sum(new_cost), 0) as new_cost
  from usage.cost_corrections
  where run_id = $1
  group by 1, 2
  order by tenant_id collate "C", 2`
const SAMPLE = `
  select ${COLUMNS} from usage.cost_corrections
  where run_id = $1
  order by abs(coalesce(new_cost, 0) - coalesce(old_cost, 0)) desc, event_id
  limit ${SAMPLED_CHANGES}`

/** Implements `ReratingStore.corrections`. */
export async function listCorrections(database: PostgresDatabase, scope: Scope, eventIds: readonly string[]): Promise<CostCorrection[]> {
  const wanted = [...new Set(eventIds)].filter(isUuid)
  if (wanted.length === 0) return []
  const { text, values } = correctionsStatement(scope, wanted)
  return (await database.query<CorrectionRow>(scope, text, values)).map(correctionOf)
}

/** Relies on the primary key (event_id, version). */
export function correctionsStatement(scope: Scope, eventIds: readonly string[]): Statement {
  const statement = statementValues()
  const text = `
    select ${COLUMNS} from usage.cost_corrections
    where event_id = any (${statement.add(uuidArray(eventIds))}::uuid[]) and ${inScope(scope, statement)}
    order by event_id, version`
  return { text, values: statement.values }
}

/** Implements `ReratingStore.changes`. */
export async function changesOfRun(database: PostgresDatabase, runId: string): Promise<RatingChanges> {
  if (!isUuid(runId)) return { totals: NO_CHANGES, periods: [], sample: [] }
  const [periodRows, sampleRows] = await database.transaction(OPERATOR_SCOPE, transaction =>
    Promise.all([transaction.query<PeriodRow>(PERIODS, [runId]), transaction.query<CorrectionRow>(SAMPLE, [runId])]),
  )
  const periods = periodRows.map(periodOf)
  return { totals: periods.reduce(addChanges, NO_CHANGES), periods, sample: sampleRows.map(correctionOf) }
}

function periodOf(row: PeriodRow): PeriodChanges {
  return {
    tenantId: row.tenant_id,
    month: row.month,
    events: Number(row.events),
    newlyPriced: Number(row.newly_priced),
    newlyUnpriced: Number(row.newly_unpriced),
    oldCost: new Decimal(row.old_cost),
    newCost: new Decimal(row.new_cost),
  }
}

function correctionOf(row: CorrectionRow): CostCorrection {
  return {
    eventId: row.event_id,
    runId: row.run_id,
    version: row.version,
    tenantId: row.tenant_id,
    occurredAt: Temporal.Instant.from(row.occurred_at),
    correctedAt: Temporal.Instant.from(row.corrected_at),
    from: { state: row.old_state, cost: decimalOrNull(row.old_cost), priceId: row.old_price_id, unpricedReason: row.old_reason },
    to: { state: row.new_state, cost: decimalOrNull(row.new_cost), priceId: row.new_price_id, unpricedReason: row.new_reason },
  }
}
