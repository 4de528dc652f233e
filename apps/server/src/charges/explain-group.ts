import { OPERATOR_SCOPE } from '@tollgate/kernel'
import { type ChargeContext, rateGroupCharge } from '@tollgate/pricing'
import { filterDimensions } from './charge-dimensions.ts'
import type { ChargeGroup } from './charge-group.ts'
import type { ExplainedGroup } from './charges.ts'
import type { ChargesDependencies } from './charges-dependencies.ts'
import { explainedCharge } from './explained-charge.ts'
import { chargeLine, sumCells, usageCells } from './usage-cell.ts'

/** Answers `Charges.explainGroup`. */
export async function explainGroup({ usage, pricing, chargeRules, accounts }: ChargesDependencies, group: ChargeGroup): Promise<ExplainedGroup> {
  const [cells, catalog, plan] = await Promise.all([usageCells(usage, group), pricing.catalog(), planOf(accounts, group.tenantId)])
  const at = group.at ?? group.range.from
  const rules = await chargeRules.inEffect({ at, tenantId: group.tenantId, plan })
  const lines = cells.map(cell => chargeLine(cell, catalog, group))
  const rated = rateGroupCharge({ lines, rules, context: groupContext(group, plan), rounding: group.rounding })
  const { calls, unpricedCalls, cost } = sumCells(cells)
  const models = cells.map(({ provider, model, ...measures }, i) => {
    const line = rated.lines[i]
    const lineCost = line?.line.cost ?? null
    const charge = line?.charge ? explainedCharge(line.charge, { cost: lineCost, at, notes: unpricedNote(measures) }) : null
    return { provider, model, ...measures, cost: lineCost, charge }
  })
  return { models, calls, unpricedCalls, total: explainedCharge(rated.total, { cost, at, notes: unpricedNote({ calls, unpricedCalls }) }) }
}

/** The plan that a tenant is on: its tier. */
export async function planOf(accounts: ChargesDependencies['accounts'], tenantId: string): Promise<string | null> {
  const [tenant] = await accounts.tenantsByIds(OPERATOR_SCOPE, [tenantId])
  return tenant?.tier ?? null
}

/** What discounts may ask of a group. */
export function groupContext({ tenantId, range, filter, at, couponCodes }: ChargeGroup, plan: string | null): ChargeContext {
  const dimensions = filterDimensions(filter)
  return { at: at ?? range.from, tenantId, plan, billingTier: plan, dimensions, ...(couponCodes && couponCodes.length > 0 && { couponCodes }) }
}

function unpricedNote({ calls, unpricedCalls }: { readonly calls: number; readonly unpricedCalls: number }): readonly string[] {
  if (unpricedCalls === 0) return []
  return [`${unpricedCalls.toLocaleString('en')} of ${calls.toLocaleString('en')} calls have no price: what they cost is not known, and not in this`]
}
