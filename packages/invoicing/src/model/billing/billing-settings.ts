import { InvalidInput, type Issue } from '@tollgate/kernel'
import type { Seller } from '../parties/party.ts'
import { exactTaxSettings, taxSettingsIssues } from '../tax/check-tax-settings.ts'
import type { TaxSettings } from '../tax/tax-settings.ts'
import { DEFAULT_LINE_DIMENSIONS } from './billed-period.ts'

/** How all tenants are invoiced. One for the installation. */
export interface BillingSettings {
  /** Null until it is set: nothing can be invoiced before. */
  readonly seller: Seller | null
  readonly tax: TaxSettings
  /** First part of the numbers of invoices. */
  readonly invoiceSeries: string
  /** First part of the numbers of credit notes. */
  readonly creditNoteSeries: string
  /** Dimensions that usage lines are grouped by, for tenants without their own. */
  readonly lineDimensions: readonly string[]
  /** Number of earlier billing periods in which late usage and corrected costs are looked for. */
  readonly lookBackPeriods: number
  /** Printed on every invoice. */
  readonly notes: string | null
}

/** Settings before somebody changes them. */
export const DEFAULT_BILLING_SETTINGS: BillingSettings = {
  seller: null,
  tax: { registrations: [], rates: [], behavior: 'exclusive', rounding: 'per_line' },
  invoiceSeries: 'INV',
  creditNoteSeries: 'CN',
  lineDimensions: DEFAULT_LINE_DIMENSIONS,
  lookBackPeriods: 12,
  notes: null,
}

/** Maximum of `lookBackPeriods`. */
export const MAX_LOOK_BACK_PERIODS = 36

/** Maximum number of dimensions of usage lines. */
export const MAX_LINE_DIMENSIONS = 4

const SERIES = /^[A-Z0-9]{1,10}$/

/** Returns what is wrong with those settings that are given, apart from the seller; empty if nothing is. */
export function billingSettingsIssues(settings: Partial<BillingSettings>): readonly Issue[] {
  const { tax, invoiceSeries, creditNoteSeries, lineDimensions, lookBackPeriods } = settings
  const issues: Issue[] = tax === undefined ? [] : [...taxSettingsIssues(tax)]
  if (invoiceSeries !== undefined && !SERIES.test(invoiceSeries))
    issues.push({ path: 'invoiceSeries', message: 'must be 1 to 10 capital letters or digits, such as INV' })
  if (creditNoteSeries !== undefined && !SERIES.test(creditNoteSeries))
    issues.push({ path: 'creditNoteSeries', message: 'must be 1 to 10 capital letters or digits, such as CN' })
  if (creditNoteSeries !== undefined && invoiceSeries === creditNoteSeries)
    issues.push({ path: 'creditNoteSeries', message: 'must differ from invoiceSeries, so that numbers are unique' })
  if (lineDimensions !== undefined && (lineDimensions.length > MAX_LINE_DIMENSIONS || new Set(lineDimensions).size !== lineDimensions.length)) {
    issues.push({ path: 'lineDimensions', message: `must be at most ${MAX_LINE_DIMENSIONS} different dimensions` })
  }
  if (lookBackPeriods !== undefined && (!Number.isInteger(lookBackPeriods) || lookBackPeriods < 0 || lookBackPeriods > MAX_LOOK_BACK_PERIODS)) {
    issues.push({ path: 'lookBackPeriods', message: `must be 0 to ${MAX_LOOK_BACK_PERIODS}` })
  }
  return issues
}

/** Checks settings. Throws `InvalidInput` that names every invalid field. */
export function checkBillingSettings(settings: BillingSettings): BillingSettings {
  const issues = billingSettingsIssues(settings)
  if (issues.length > 0) throw new InvalidInput(issues)
  return { ...settings, tax: exactTaxSettings(settings.tax) }
}
