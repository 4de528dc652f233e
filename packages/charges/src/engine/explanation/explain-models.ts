import { type Temporal, ZERO } from '@tollgate/kernel'
import type { ExplainedModel } from '../../model/explanation/explained-period.ts'
import { lineKey, type UsageCell } from '../../model/usage/usage-cell.ts'
import { sumUsage } from '../../model/usage/usage-totals.ts'
import type { ChargeContext } from '../charge/charge-context.ts'
import { rateCharge, type RatedCharge } from '../charge/rate-charge.ts'
import { unpricedNotes } from './charge-notes.ts'
import { explainedCharge } from './explained-charge.ts'

/** A cell with its charge. Null if a price list charges all models together. */
export interface ChargedCell {
  readonly cell: UsageCell
  readonly charge: RatedCharge | null
}

interface ExplainedAt {
  readonly at: Temporal.Instant
  readonly context: ChargeContext
}

/** Sorts after every known cost. */
const UNKNOWN_COST = ZERO.minus(1)

/** Explains the models of a whole period, over all its parts, highest cost first. */
export function explainModels(cells: readonly ChargedCell[], explained: ExplainedAt): readonly ExplainedModel[] {
  return [...Map.groupBy(cells, ({ cell }) => lineKey({ ...cell, operation: null })).values()]
    .map(ofModel => explainModel(ofModel, explained))
    .toSorted((one, other) => (other.cost ?? UNKNOWN_COST).cmp(one.cost ?? UNKNOWN_COST))
}

/** Explains one model, of which `cells` are the usage in some parts. */
export function explainModel(cells: readonly ChargedCell[], { at, context }: ExplainedAt): ExplainedModel {
  const { calls, unpricedCalls, tokens, quantity, cost: sum } = sumUsage(cells.map(({ cell }) => cell))
  const cost = calls === unpricedCalls && calls > 0 ? null : sum
  const charge = sumCharges(
    cells.map(one => one.charge),
    context,
  )
  return {
    provider: cells[0]?.cell.provider ?? null,
    model: cells[0]?.cell.model ?? null,
    calls,
    unpricedCalls,
    tokens,
    quantity,
    cost,
    charge: charge && explainedCharge(charge, { cost, at, notes: unpricedNotes({ calls, unpricedCalls }) }),
  }
}

/** Returns the charge of a model in several parts. Null if one of the parts charges all models together. */
function sumCharges(charges: readonly (RatedCharge | null)[], { at, tenantId }: ChargeContext): RatedCharge | null {
  const [only, ...others] = charges
  if (only === undefined || others.length === 0) return only ?? null
  const lines = charges.flatMap((rated, i) =>
    rated?.state === 'charged' ? [{ label: `in ${i + 1} of ${charges.length} parts`, quantity: ZERO, amount: rated.charge }] : [],
  )
  if (charges.includes(null)) return null
  if (lines.length === 0) return only
  return rateCharge({ usage: { known: { of: 'charge', lines, reason: `the charges of ${lines.length} parts` } }, context: { at, tenantId } })
}
