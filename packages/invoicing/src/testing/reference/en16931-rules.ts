import { Decimal, round, ZERO } from '@tollgate/kernel'

/** What the arithmetic rules of EN 16931 are about, as it is written in an electronic invoice. */
export interface En16931Figures {
  readonly lines: readonly En16931Line[]
  readonly taxes: readonly En16931Tax[]
  readonly netTotal: Decimal
  readonly taxExclusive: Decimal
  readonly taxTotal: Decimal
  readonly taxInclusive: Decimal
  readonly paid: Decimal
  readonly due: Decimal
  readonly sellerVatId: string | null
  readonly sellerTaxRegistration: string | null
  readonly sellerIds: readonly string[]
  readonly buyerVatId: string | null
  readonly buyerRegistration: string | null
}

/** A line. */
export interface En16931Line {
  readonly quantity: Decimal
  readonly price: Decimal
  readonly allowances: Decimal
  readonly charges: Decimal
  readonly net: Decimal
  readonly category: string
  readonly rate: Decimal | null
}

/** A row of the VAT breakdown. */
export interface En16931Tax {
  readonly category: string
  readonly rate: Decimal | null
  readonly taxable: Decimal
  readonly amount: Decimal
  readonly reason: string | null
}

/** Largest difference of a line from quantity × price, as Peppol allows (PEPPOL-EN16931-R120). */
const LINE_TOLERANCE = '0.02'

/** Returns the rules of EN 16931 that are broken, by their names. */
export function brokenRules(figures: En16931Figures): readonly string[] {
  const { lines, taxes, netTotal, taxExclusive, taxTotal, taxInclusive, paid, due } = figures
  const categories = new Set(lines.map(({ category }) => category))
  const checks: readonly (readonly [rule: string, holds: boolean])[] = [
    ['BR-16', lines.length > 0],
    ['BR-CO-10', netTotal.eq(sum(lines.map(({ net }) => net)))],
    ['BR-CO-13', taxExclusive.eq(netTotal)],
    ['BR-CO-14', taxTotal.eq(sum(taxes.map(({ amount }) => amount)))],
    ['BR-CO-15', taxInclusive.eq(taxExclusive.plus(taxTotal))],
    ['BR-CO-16', due.eq(taxInclusive.minus(paid))],
    ['BR-CO-18', taxes.length > 0],
    ['BR-CO-26', figures.sellerVatId !== null || figures.sellerIds.length > 0],
    ['BR-O-11', !categories.has('O') || categories.size === 1],
    ['BR-O-02', !categories.has('O') || (figures.sellerVatId === null && figures.buyerVatId === null)],
    ['BR-AE-02', !categories.has('AE') || figures.buyerVatId !== null || figures.buyerRegistration !== null],
    ['BR-S-02', !['S', 'Z', 'E', 'AE'].some(category => categories.has(category)) || figures.sellerVatId !== null || figures.sellerTaxRegistration !== null],
    ['BR-DEC', [netTotal, taxExclusive, taxTotal, taxInclusive, paid, due].every(hasCents)],
    ...lines.flatMap(line => lineRules(line, taxes)),
    ...taxes.flatMap(tax => taxRules(tax, figures)),
  ]
  return checks.filter(([, holds]) => !holds).map(([rule]) => rule)
}

function lineRules(line: En16931Line, taxes: readonly En16931Tax[]): readonly (readonly [string, boolean])[] {
  const exact = line.quantity.times(line.price).minus(line.allowances).plus(line.charges)
  return [
    ['BR-27', line.price.gte(0)],
    ['BR-DEC-23', [line.net, line.allowances, line.charges].every(hasCents)],
    ['R120', line.net.minus(exact).abs().lte(LINE_TOLERANCE)],
    ['BR-S-01', taxes.filter(tax => sameTax(tax, line)).length === 1],
  ]
}

function taxRules(tax: En16931Tax, { lines }: En16931Figures): readonly (readonly [string, boolean])[] {
  const { category, rate, taxable, amount, reason } = tax
  const computed = round(taxable.times(rate ?? ZERO).div(100), { scale: 2, mode: 'half-up' })
  return [
    ['BR-S-08', taxable.eq(sum(lines.filter(line => sameTax(line, tax)).map(({ net }) => net)))],
    ['BR-CO-17', amount.minus(computed).abs().lt(1)],
    ['BR-S-05', category === 'O' ? rate === null : rate !== null && (category === 'S' ? rate.gt(0) : rate.isZero())],
    ['BR-E-09', category === 'S' || amount.isZero()],
    ['BR-E-10', category === 'S' || category === 'Z' ? reason === null : reason !== null],
    ['BR-DEC-19', hasCents(taxable) && hasCents(amount)],
  ]
}

function sameTax(a: Pick<En16931Tax, 'category' | 'rate'>, b: Pick<En16931Tax, 'category' | 'rate'>): boolean {
  return a.category === b.category && (a.rate ?? ZERO).eq(b.rate ?? ZERO)
}

function hasCents(amount: Decimal): boolean {
  return amount.decimalPlaces() <= 2
}

function sum(amounts: readonly Decimal[]): Decimal {
  return amounts.reduce((all, amount) => all.plus(amount), new Decimal(0))
}
