import { checkTaxId } from '../engine/tax/check-tax-id.ts'
import { determineTaxWith, type TaxQuestion } from '../engine/tax/determine-tax.ts'
import type { AppliedTax } from '../model/tax/tax.ts'

/** Returns the tax of electronic services, by the place of the buyer. Throws `TaxUndetermined` if something is missing. */
export function determineTax(question: TaxQuestion): AppliedTax {
  return determineTaxWith(checkTaxId, question)
}
