import { type Decimal, ZERO } from '@tollgate/kernel'
import type { Invoice } from '../../model/invoices/invoice.ts'
import { taxPlace } from '../../model/tax/tax-territories.ts'
import type { AppliedTax, TaxCategory } from '../../model/tax/tax.ts'
import type { ElectronicTax, ElectronicTaxCategory } from './electronic-invoice.ts'

/** The taxes of an invoice, in the terms of EN 16931. */
export interface ElectronicTaxes {
  readonly taxes: readonly ElectronicTax[]
  /** Whether nothing on it is subject to tax. */
  readonly notSubject: boolean
  categoryOf(tax: AppliedTax): ElectronicTaxCategory
}

/**
 * Returns one tax for each category and rate, as EN 16931 wants it. What is not subject to tax cannot be on one invoice with
 * anything else (BR-O-11): there, it is exempt.
 */
export function electronicTaxes(invoice: Pick<Invoice, 'taxes' | 'lines' | 'seller' | 'buyer'>): ElectronicTaxes {
  const categories = new Set(invoice.lines.map(({ tax }) => plainCategory(tax)))
  const notSubject = categories.size === 1 && categories.has('O')
  const categoryOf = (tax: AppliedTax): ElectronicTaxCategory => {
    const plain = plainCategory(tax)
    const category = plain === 'O' && !notSubject ? 'E' : plain
    return { category, rate: category === 'O' ? null : tax.rate }
  }
  const groups = Map.groupBy(invoice.taxes, ({ tax }) => {
    const { category, rate } = categoryOf(tax)
    return `${category} ${rate?.toFixed() ?? ''}`
  })
  const taxes = [...groups.values()].flatMap(([first, ...others]): readonly ElectronicTax[] => {
    if (first === undefined) return []
    const all = [first, ...others]
    const { category, rate } = categoryOf(first.tax)
    return [
      {
        category,
        rate,
        taxable: sum(all.map(({ taxable }) => taxable)),
        amount: sum(all.map(({ amount }) => amount)),
        reason: isTaxed(category) ? null : reasonsOf(all.map(({ tax }) => tax)),
        reasonCode: reasonCode(category, invoice),
      },
    ]
  })
  return { taxes, notSubject, categoryOf }
}

function plainCategory({ category, rate }: AppliedTax): TaxCategory {
  return category === 'S' && rate.isZero() ? 'Z' : category
}

function isTaxed(category: string): boolean {
  return category === 'S' || category === 'Z'
}

function reasonsOf(taxes: readonly AppliedTax[]): string {
  return [...new Set(taxes.map(({ exemptionReason }) => exemptionReason ?? 'Exempt'))].join('; ')
}

/** The codes are those of the VAT of the European Union. */
function reasonCode(category: string, { seller, buyer }: Pick<Invoice, 'seller' | 'buyer'>): string | null {
  const sellerInEu = taxPlace(seller.address).inEu
  if (category === 'AE') return sellerInEu && taxPlace(buyer.address).inEu ? 'VATEX-EU-AE' : null
  return category === 'O' && sellerInEu ? 'VATEX-EU-O' : null
}

function sum(amounts: readonly Decimal[]): Decimal {
  return amounts.reduce((all, amount) => all.plus(amount), ZERO)
}
