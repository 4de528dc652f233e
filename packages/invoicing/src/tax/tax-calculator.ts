import { InvalidInput, type Temporal } from '@tollgate/kernel'
import { determineTaxWith, type TaxIdCheck } from '../engine/tax/determine-tax.ts'
import type { InvoiceLineKind } from '../model/invoices/invoice-line.ts'
import type { BillingProfile, Seller } from '../model/parties/party.ts'
import { taxSettingsIssues } from '../model/tax/check-tax-settings.ts'
import type { TaxSettings } from '../model/tax/tax-settings.ts'
import type { AppliedTax } from '../model/tax/tax.ts'

/** Invoice lines to determine the tax of. */
export interface TaxRequest {
  readonly seller: Seller
  readonly buyer: BillingProfile
  readonly currency: string
  /** The tax point, in the zone of the invoice. */
  readonly date: Temporal.PlainDate
  readonly lines: readonly { readonly kind: InvoiceLineKind; readonly description: string }[]
}

/** Determines the taxes of invoices. Implement it over an external tax service, or use `taxTable`. */
export interface TaxCalculator {
  /** Returns the tax of each line, in order. Throws `TaxUndetermined` if something is missing. */
  taxOf(request: TaxRequest): Promise<readonly AppliedTax[]>
}

/** Determines taxes by the standard rates and the seller's settings, without a network. Throws `InvalidInput` for settings that are wrong. */
export function taxTable(settings: TaxSettings): TaxCalculator {
  const issues = taxSettingsIssues(settings)
  if (issues.length > 0) throw new InvalidInput(issues)
  return {
    async taxOf({ seller, buyer, date, lines }) {
      const tax = determineTaxWith(buyer.taxId === null ? unchecked : await loadTaxIdCheck(), { seller, buyer, settings, date })
      return lines.map(() => tax)
    },
  }
}

/** Loads the validators, which are hundreds of files, with the first tax id. */
async function loadTaxIdCheck(): Promise<TaxIdCheck> {
  return (await import('../engine/tax/check-tax-id.ts')).checkTaxId
}

function unchecked(): never {
  throw new TypeError('A buyer without a tax id has none to check')
}
