import type { ExplainPeriodRequest } from './charges.ts'
import type { ChargesDependencies } from './charges-dependencies.ts'
import { currencyNotes } from './engine/explanation/charge-notes.ts'
import { explainParts } from './engine/explanation/explain-parts.ts'
import { ratePeriodCharge } from './engine/periods/rate-period-charge.ts'
import { usageLine } from './engine/usage/usage-line.ts'
import { findTenant } from './find-tenant.ts'
import { loadPeriodRules } from './load-period-rules.ts'
import { loadUsageCells } from './load-usage-cells.ts'
import type { ExplainedPeriod } from './model/explanation/explained-period.ts'

/** Explains the charge of a tenant's usage in a period. */
export async function explainPeriod(dependencies: ChargesDependencies, request: ExplainPeriodRequest): Promise<ExplainedPeriod> {
  const { usage, tenants, pricing } = dependencies
  const { tenantId, range, rounding } = request
  const tenant = await findTenant(tenants, tenantId)
  const { parts: ruleParts, context } = await loadPeriodRules(dependencies, request, tenant.planHistory)
  const catalog = await pricing.catalog()
  const cellsOfParts = await loadUsageCells(usage, request, { parts: ruleParts })
  const parts = ruleParts.map((part, position) => {
    const cells = cellsOfParts[position] ?? []
    return { ...part, cells, lines: cells.map(cell => usageLine(cell, { catalog, tenantId, range, counts: part.rules.priceModel?.counts })) }
  })
  const rated = ratePeriodCharge({ parts, context, rounding })
  return explainParts({ parts, rated, context, from: range.from, at: request.at ?? undefined, notes: currencyNotes(tenant.currency) })
}
