import { createHash } from 'node:crypto'
import type { Billing } from '@tollgate/invoicing/billing'
import type { ChargedLateFees, Collections, CollectionStep } from '@tollgate/invoicing/collections'
import { type TenantClock, tenantScope, ZERO } from '@tollgate/kernel'

/** What charging late fees needs. */
export interface ChargeLateFeesDependencies {
  readonly collections: Pick<Collections, 'chargeLateFees'>
  readonly billing: Pick<Billing, 'invoicesByIds' | 'issueInvoice'>
  readonly clock: TenantClock
}

/**
 * Issues an invoice for the late fees of a tenant that no invoice has charged. Its id is derived from the first of them: a run that was
 * interrupted before it recorded the invoice finds it again, and charges nothing twice.
 */
export function chargeLateFees({ collections, billing, clock }: ChargeLateFeesDependencies, tenantId: string): Promise<number> {
  return collections.chargeLateFees(tenantId, fees => issue({ billing, clock }, tenantId, fees))
}

async function issue(
  { billing, clock }: Pick<ChargeLateFeesDependencies, 'billing' | 'clock'>,
  tenantId: string,
  fees: readonly CollectionStep[],
): Promise<ChargedLateFees> {
  const overdue = new Map(
    (await billing.invoicesByIds(tenantScope(tenantId), [...new Set(fees.map(({ invoiceId }) => invoiceId))])).map(invoice => [invoice.id, invoice]),
  )
  const [first] = fees
  const invoice = first && overdue.get(first.invoiceId)
  if (first === undefined || invoice === undefined) throw new Error('A late fee has no invoice')
  const { currency, timeZone } = invoice
  // Fees in other currencies are charged by the next run.
  const charged = fees.filter(({ invoiceId }) => overdue.get(invoiceId)?.currency === currency)
  const issued = await billing.issueInvoice({
    id: idOf(tenantId, first),
    tenantId,
    currency,
    timeZone,
    period: { from: first.dueAt, to: clock.now(tenantId) },
    lines: charged.map(fee => ({
      kind: 'late_fee',
      description: `Late fee for invoice ${overdue.get(fee.invoiceId)?.number ?? ''}`,
      amount: fee.amount ?? ZERO,
      details: { lateFee: nameOf(fee) },
    })),
  })
  const names = new Set(issued.lines.map(({ provenance }) => provenance.details['lateFee']))
  return { fees: fees.filter(fee => names.has(nameOf(fee))), billedOn: issued.id }
}

function nameOf({ invoiceId, key }: CollectionStep): string {
  return `${invoiceId} ${key}`
}

/** A UUIDv7 of the time of the fee, whose other bits say which it is. */
function idOf(tenantId: string, fee: CollectionStep): string {
  const hash = createHash('sha256')
    .update(`late fee ${tenantId} ${nameOf(fee)}`)
    .digest('hex')
  const time = fee.dueAt.epochMilliseconds.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hash.slice(0, 3)}-8${hash.slice(3, 6)}-${hash.slice(6, 18)}`
}
