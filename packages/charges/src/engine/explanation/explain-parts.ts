import type { Temporal } from '@tollgate/kernel'
import type { ExplainedCharge } from '../../model/explanation/explained-charge.ts'
import type { ExplainedPart, ExplainedPeriod } from '../../model/explanation/explained-period.ts'
import type { UsageCell } from '../../model/usage/usage-cell.ts'
import { sumUsage } from '../../model/usage/usage-totals.ts'
import type { ChargeContext } from '../charge/charge-context.ts'
import type { RatedCharge } from '../charge/rate-charge.ts'
import type { RatedPeriodCharge } from '../periods/rate-period-charge.ts'
import type { ChargeRulePart } from '../rules/charge-rule-parts.ts'
import { unpricedNotes } from './charge-notes.ts'
import { explainedCharge } from './explained-charge.ts'
import { explainModel, explainModels } from './explain-models.ts'
import { sumParts } from './sum-parts.ts'

/** A rated period, as it is to be explained. */
export interface PeriodToExplain {
  /** The rules and the usage of each part. */
  readonly parts: readonly (ChargeRulePart & { readonly cells: readonly UsageCell[] })[]
  readonly rated: RatedPeriodCharge
  readonly context: ChargeContext
  readonly from: Temporal.Instant
  /** Set if the rules of one time apply to the whole period. */
  readonly at: Temporal.Instant | undefined
  /** For each total. */
  readonly notes: readonly string[]
}

/** Explains a rated period: each part, each model and the total. */
export function explainParts({ parts: used, rated, context, from, at, notes }: PeriodToExplain): ExplainedPeriod {
  const charged = used.map((part, position) => ({ ...part, total: rated.parts[position]?.rated.total ?? rated.total }))
  const chargedCells = used.map(({ cells }, position) => cells.map((cell, i) => ({ cell, charge: rated.parts[position]?.rated.lines[i]?.charge ?? null })))
  const parts = charged.map(({ range, cells, total }, position): ExplainedPart => {
    const about = { at: at ?? range.from, context }
    const models = (chargedCells[position] ?? []).map(cell => explainModel([cell], about))
    return { range, models, total: explainTotal(total, { cells, at: about.at, notes }) }
  })
  const cells = used.flatMap(part => part.cells)
  const { calls, unpricedCalls } = sumUsage(cells)
  return {
    models: parts.length === 1 ? (parts[0]?.models ?? []) : explainModels(chargedCells.flat(), { at: at ?? from, context }),
    calls,
    unpricedCalls,
    parts,
    partSums: sumParts(charged, at ? {} : context),
    total: explainTotal(rated.total, { cells, at: at ?? from, notes }),
    discounts: rated.discounts,
  }
}

function explainTotal(
  total: RatedCharge,
  { cells, at, notes }: { readonly cells: readonly UsageCell[]; readonly at: Temporal.Instant; readonly notes: readonly string[] },
): ExplainedCharge {
  const sums = sumUsage(cells)
  return explainedCharge(total, { cost: sums.cost, at, notes: [...unpricedNotes(sums), ...notes] })
}
