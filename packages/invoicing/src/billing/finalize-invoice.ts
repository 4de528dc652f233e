import { NotFound, tenantScope } from '@tollgate/kernel'
import { InvoiceStateConflict } from '../model/billing/billing-errors.ts'
import { DEFAULT_BILLING_SETTINGS } from '../model/billing/billing-settings.ts'
import type { StoredInvoice } from '../model/invoices/invoice.ts'
import { billTenant } from './bill-tenant.ts'
import { loadContext, loadRates, loadTenants } from './billing-context.ts'
import type { BillingDependencies } from './billing-dependencies.ts'
import { statusOf } from './find-invoice.ts'

const MAX_ATTEMPTS = 10

/** Gives a draft a number. It is computed again, so that it bills what is due now. */
export async function finalizeInvoice(dependencies: BillingDependencies, tenantId: string, id: string): Promise<StoredInvoice> {
  const { store, clock } = dependencies
  const [[draft], [finalized]] = await Promise.all([store.drafts(tenantScope(tenantId), [id]), store.invoices(tenantScope(tenantId), [id])])
  if (finalized !== undefined) {
    const { status } = statusOf(finalized, clock.now(tenantId))
    throw new InvoiceStateConflict(`The invoice ${finalized.number ?? id} is finalised already. It cannot be finalised again.`, status)
  }
  if (draft === undefined) throw new NotFound('invoice', id)
  const settings = (await dependencies.settings.settings()) ?? DEFAULT_BILLING_SETTINGS
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const [tenant] = await loadTenants(dependencies, [tenantId], settings)
    if (tenant === undefined) throw new TypeError('The tenant was not loaded')
    const context = await loadContext(dependencies, await loadRates(dependencies, [tenant], draft.period.period.to))
    const request = { through: draft.period.period.to, finalize: true, subscriptionId: draft.subscriptionId }
    const { invoices, isComplete } = await billTenant(dependencies, context, tenant, request)
    const invoice = invoices.find(one => one.id === id)
    if (invoice !== undefined) return invoice
    if (isComplete) throw new InvoiceStateConflict('Nothing is due any more for the period of this draft, so it was not finalised.', 'draft')
  }
  throw new InvoiceStateConflict('The tenant is being billed by others at the same time. Try again.', 'draft')
}
