import { InvalidInput } from '@tollgate/kernel'
import { checkedInput, checkShape, inputShape, readRange, requireText, requireTime } from '@tollgate/kernel/input'
import { readRateFile } from '../engine/currency/read-rate-file.ts'
import { type BillingSettings, billingSettingsIssues, checkBillingSettings, DEFAULT_BILLING_SETTINGS } from '../model/billing/billing-settings.ts'
import { checkBillingProfile, sellerIssues } from '../model/parties/check-profile.ts'
import { taxPlaceIssues } from '../model/tax/tax-place-issues.ts'
import type { Billing } from './billing.ts'
import type { BillingDependencies } from './billing-dependencies.ts'
import { markSent, markUncollectible, voidInvoice } from './change-invoice.ts'
import { explainLine } from './explain-line.ts'
import { finalizeInvoice } from './finalize-invoice.ts'
import { findInvoice, invoicesByIds, linePage, linesOf, listInvoices, previewInvoice } from './invoice-lookup.ts'
import { INPUTS } from './input-shapes.ts'
import { issueCreditNote } from './issue-credit-note.ts'
import { issueInvoice } from './issue-invoice.ts'
import { previewChange } from './preview-change.ts'
import { readContents, readExtraInvoice } from './read-amounts.ts'
import { runBilling } from './run-billing.ts'
import { summarizeBilling } from './summarize-billing.ts'

const OPTIONS = inputShape<BillingDependencies>({
  store: 'object',
  settings: 'object',
  rates: 'object',
  subscriptions: 'object',
  plans: 'object',
  usage: 'object',
  credits: 'object',
  taxes: 'function',
  onCreditNote: 'function?',
  clock: 'object',
})

/** Creates the service that bills tenants. Throws `InvalidInput` for options that it does not have, or that are missing. */
export function createBilling(dependencies: BillingDependencies): Billing {
  checkShape(OPTIONS, dependencies)
  const { settings, rates } = dependencies
  const currentSettings = async () => (await settings.settings()) ?? DEFAULT_BILLING_SETTINGS
  return {
    run: checkedInput(INPUTS.run, async request => runBilling(dependencies, { ...request, through: requireTime('through', request.through) })),
    async summary(tenantId, range) {
      requireText('tenantId', tenantId)
      return summarizeBilling(dependencies, tenantId, readRange('range', range))
    },
    async preview(tenantId) {
      requireText('tenantId', tenantId)
      return previewInvoice(dependencies, tenantId)
    },
    previewChange: checkedInput(INPUTS.previewChange, async input => previewChange(dependencies, input)),
    invoice: (scope, id) => findInvoice(dependencies, scope, id),
    invoices: (scope, request) => checkedInput(INPUTS.invoices, () => listInvoices(dependencies, scope, request))(request),
    invoicesByIds: (scope, ids) => invoicesByIds(dependencies, scope, ids),
    lines: (scope, invoiceIds) => linesOf(dependencies, scope, invoiceIds),
    linePage: (scope, invoiceId, page) => linePage(dependencies, scope, invoiceId, page),
    explainLine: (scope, line) => explainLine(dependencies, scope, line),
    finalize: (tenantId, id) => finalizeInvoice(dependencies, tenantId, id),
    markSent: (tenantId, id) => markSent(dependencies, tenantId, id),
    void: (tenantId, id) => voidInvoice(dependencies, tenantId, id),
    markUncollectible: (tenantId, id) => markUncollectible(dependencies, tenantId, id),
    issueCreditNote: checkedInput(INPUTS.issueCreditNote, async draft => issueCreditNote(dependencies, { ...draft, contents: readContents(draft.contents) })),
    issueInvoice: checkedInput(INPUTS.issueInvoice, async invoice => issueInvoice(dependencies, readExtraInvoice(invoice))),
    settings: currentSettings,
    changeSettings: checkedInput(INPUTS.settings, async changes => {
      requireSet(changes)
      // Only what changes: settings that were stored before a check was added must not block changes of others.
      const issues = [
        ...billingSettingsIssues(changes),
        ...(changes.tax ? taxPlaceIssues(changes.tax) : []),
        ...(changes.seller ? sellerIssues(changes.seller) : []),
      ]
      if (issues.length > 0) throw new InvalidInput(issues)
      const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
      const changed = checkBillingSettings({ ...(await currentSettings()), ...given })
      await settings.saveSettings(changed)
      return changed
    }),
    async profile(tenantId) {
      requireText('tenantId', tenantId)
      return (await settings.profiles([tenantId]))[0]
    },
    setProfile: checkedInput(INPUTS.profile, async profile => {
      const checked = checkBillingProfile(profile)
      await settings.saveProfile(checked)
      return checked
    }),
    importRates: checkedInput(INPUTS.rates, async ({ text, source }) => rates.add(readRateFile(text, source))),
  }
}

/** The settings that every installation has. */
const ALWAYS_SET = ['tax', 'invoiceSeries', 'creditNoteSeries', 'lineDimensions', 'lookBackPeriods'] as const

function requireSet(changes: Partial<BillingSettings>): void {
  const missing = ALWAYS_SET.filter(name => (changes[name] as unknown) === null)
  if (missing.length > 0) throw new InvalidInput(missing.map(path => ({ path, message: 'must not be null' })))
}
