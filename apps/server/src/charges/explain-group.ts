import { type ChargeContext, rateCharge, type RatedCharge, ratePeriodCharge } from '@tollgate/charges'
import { type Period, type Temporal, ZERO } from '@tollgate/kernel'
import { chargedTenant, currencyNotes } from './charged-tenant.ts'
import type { ChargeGroup } from './charge-group.ts'
import type { ExplainedGroup, ExplainedModel, ExplainedPart } from './charges.ts'
import type { ChargesDependencies } from './charges-dependencies.ts'
import { type ExplainedCharge, explainedCharge } from './explained-charge.ts'
import { groupRules } from './group-rules.ts'
import { sumParts } from './sum-parts.ts'
import { chargeLine, countedPeriod, lineKey, sumCells, usageCells, type UsageCell } from './usage-cell.ts'

/** Answers `Charges.explainGroup`. */
export async function explainGroup(dependencies: ChargesDependencies, group: ChargeGroup): Promise<ExplainedGroup> {
  const { usage, pricing, accounts } = dependencies
  const { tenantId, rounding } = group
  const tenant = await chargedTenant(accounts, tenantId)
  const { parts: ruleParts, context } = await groupRules(dependencies, group, tenant)
  const catalog = await pricing.catalog()
  const cellsOfParts = await usageCells(usage, group, { parts: ruleParts.map(countedPeriod) })
  const used = ruleParts.map(({ range, rules }, position) => {
    const cells = cellsOfParts[position] ?? []
    // Models by the names of the whole range's beginning: a part must not name one otherwise.
    return { range, rules, cells, lines: cells.map(cell => chargeLine(cell, catalog, { ...group, counts: rules.priceModel?.counts })) }
  })
  const rated = ratePeriodCharge({ parts: used, context, rounding })
  const notes = currencyNotes(tenant)
  const parts = rated.parts.map(({ range, rated: { total, lines } }, position): ExplainedPart => {
    const cells = used[position]?.cells ?? []
    const at = group.at ?? range.from
    const models = cells.map((cell, i) => explainModel([cell], { charges: [lines[i]?.charge ?? null], at, context }))
    return { range, models, total: explainTotal(total, { cells, at, notes }) }
  })
  const cells = used.flatMap(part => part.cells)
  const at = group.at ?? group.range.from
  return {
    models: parts.length === 1 ? (parts[0]?.models ?? []) : modelsOf(used, { rated, at, context }),
    calls: sumCells(cells).calls,
    unpricedCalls: sumCells(cells).unpricedCalls,
    parts,
    partSums: sumParts(
      used.map((part, position) => ({ ...part, total: rated.parts[position]?.rated.total ?? rated.total })),
      group.at ? {} : context,
    ),
    total: explainTotal(rated.total, { cells, at, notes }),
    given: rated.given,
  }
}

/** Behind every cost that is known. */
const UNKNOWN = ZERO.minus(1)

interface ModelCharges {
  /** Of each of its cells. */
  readonly charges: readonly (RatedCharge | null)[]
  readonly at: Temporal.Instant
  readonly context: ChargeContext
}

/** Models over all parts, the costliest first. */
function modelsOf(
  used: readonly { readonly range: Period; readonly cells: readonly UsageCell[] }[],
  { rated, at, context }: { readonly rated: ReturnType<typeof ratePeriodCharge>; readonly at: Temporal.Instant; readonly context: ChargeContext },
): readonly ExplainedModel[] {
  const found = used.flatMap(({ cells }, part) => cells.map((cell, i) => ({ cell, charge: rated.parts[part]?.rated.lines[i]?.charge ?? null })))
  return [...Map.groupBy(found, ({ cell }) => lineKey({ ...cell, operation: null })).values()]
    .map(ofModel => {
      const cells = ofModel.map(({ cell }) => cell)
      return explainModel(cells, { charges: ofModel.map(({ charge }) => charge), at, context })
    })
    .toSorted((one, other) => (other.cost ?? UNKNOWN).cmp(one.cost ?? UNKNOWN))
}

function explainModel(cells: readonly UsageCell[], { charges, at, context }: ModelCharges): ExplainedModel {
  const [first] = cells
  const { calls, unpricedCalls, tokens, quantity, cost: sum } = sumCells(cells)
  const cost = calls === unpricedCalls && calls > 0 ? null : sum
  const charge = sumCharges(charges, context)
  return {
    provider: first?.provider ?? null,
    model: first?.model ?? null,
    calls,
    unpricedCalls,
    tokens,
    quantity,
    cost,
    charge: charge && explainedCharge(charge, { cost, at, notes: unpricedNotes({ calls, unpricedCalls }) }),
  }
}

/** The charge of a model in several parts; null where a part takes all models together. */
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

function explainTotal(
  total: RatedCharge,
  { cells, at, notes }: { readonly cells: readonly UsageCell[]; readonly at: Temporal.Instant; readonly notes: readonly string[] },
): ExplainedCharge {
  const sums = sumCells(cells)
  return explainedCharge(total, { cost: sums.cost, at, notes: [...unpricedNotes(sums), ...notes] })
}

function unpricedNotes({ calls, unpricedCalls }: { readonly calls: number; readonly unpricedCalls: number }): readonly string[] {
  if (unpricedCalls === 0) return []
  return [`${unpricedCalls.toLocaleString('en')} of ${calls.toLocaleString('en')} calls have no price: what they cost is not known, and not in this`]
}
