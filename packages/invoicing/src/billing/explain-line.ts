import { type Period, type Scope, Temporal } from '@tollgate/kernel'
import type { InvoiceLine } from '../model/invoices/invoice-line.ts'
import type { BillingDependencies } from './billing-dependencies.ts'
import type { InvoiceLineExplanation, LineUsage } from './invoice-line-explanation.ts'
import { findInvoice } from './invoice-lookup.ts'

/** Explains a line. Undefined if the scope does not see it. */
export async function explainLine(
  dependencies: BillingDependencies,
  scope: Scope,
  { invoiceId, position }: { readonly invoiceId: string; readonly position: number },
): Promise<InvoiceLineExplanation | undefined> {
  const invoice = await findInvoice(dependencies, scope, invoiceId)
  const line = invoice?.lines.find(one => one.position === position)
  return invoice && line && { tenantId: invoice.tenantId, invoiceId, line, usage: line.kind === 'usage' ? usageOf(line) : null }
}

function usageOf(line: InvoiceLine): LineUsage {
  const { details } = line.provenance
  const ranges = Array.isArray(details['ranges']) ? details['ranges'].flatMap(readPeriod) : []
  const byModel = details['allModels'] !== true && (line.provider !== null || line.model !== null)
  return {
    ranges: ranges.length === 0 ? [line.period] : ranges,
    filter: { ...(byModel && { provider: line.provider, model: line.model }), ...line.dimensions },
  }
}

function readPeriod(value: unknown): readonly Period[] {
  if (typeof value !== 'object' || value === null || !('from' in value) || !('to' in value)) return []
  return [{ from: Temporal.Instant.from(String(value.from)), to: Temporal.Instant.from(String(value.to)) }]
}
