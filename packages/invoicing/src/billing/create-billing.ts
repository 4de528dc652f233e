import { readRateFile } from '../engine/currency/read-rate-file.ts'
import { checkBillingSettings, DEFAULT_BILLING_SETTINGS } from '../model/billing/billing-settings.ts'
import { checkBillingProfile, checkSeller } from '../model/parties/check-profile.ts'
import type { Billing } from './billing.ts'
import type { BillingDependencies } from './billing-dependencies.ts'
import { markSent, markUncollectible, voidInvoice } from './change-invoice.ts'
import { explainLine } from './explain-line.ts'
import { finalizeInvoice } from './finalize-invoice.ts'
import { findInvoice, invoicesByIds, linePage, linesOf, listInvoices, previewInvoice } from './invoice-lookup.ts'
import { issueCreditNote } from './issue-credit-note.ts'
import { issueInvoice } from './issue-invoice.ts'
import { runBilling } from './run-billing.ts'
import { summarizeBilling } from './summarize-billing.ts'

/** Creates the service that bills tenants. */
export function createBilling(dependencies: BillingDependencies): Billing {
  const { settings, rates } = dependencies
  const currentSettings = async () => (await settings.settings()) ?? DEFAULT_BILLING_SETTINGS
  return {
    run: request => runBilling(dependencies, request),
    summary: (tenantId, range) => summarizeBilling(dependencies, tenantId, range),
    preview: tenantId => previewInvoice(dependencies, tenantId),
    invoice: (scope, id) => findInvoice(dependencies, scope, id),
    invoices: (scope, request) => listInvoices(dependencies, scope, request),
    invoicesByIds: (scope, ids) => invoicesByIds(dependencies, scope, ids),
    lines: (scope, invoiceIds) => linesOf(dependencies, scope, invoiceIds),
    linePage: (scope, invoiceId, page) => linePage(dependencies, scope, invoiceId, page),
    explainLine: (scope, line) => explainLine(dependencies, scope, line),
    finalize: (tenantId, id) => finalizeInvoice(dependencies, tenantId, id),
    markSent: (tenantId, id) => markSent(dependencies, tenantId, id),
    void: (tenantId, id) => voidInvoice(dependencies, tenantId, id),
    markUncollectible: (tenantId, id) => markUncollectible(dependencies, tenantId, id),
    issueCreditNote: draft => issueCreditNote(dependencies, draft),
    issueInvoice: invoice => issueInvoice(dependencies, invoice),
    settings: currentSettings,
    async changeSettings(changes) {
      const changed = checkBillingSettings({ ...(await currentSettings()), ...changes })
      if (changed.seller !== null) checkSeller(changed.seller)
      await settings.saveSettings(changed)
      return changed
    },
    profile: async tenantId => (await settings.profiles([tenantId]))[0],
    async setProfile(profile) {
      const checked = checkBillingProfile(profile)
      await settings.saveProfile(checked)
      return checked
    },
    importRates: async ({ text, source }) => rates.add(readRateFile(text, source)),
  }
}
