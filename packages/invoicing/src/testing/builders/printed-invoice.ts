import { Decimal, type Period, period, round, minorUnits, Temporal, ZERO } from '@tollgate/kernel'
import { addTax } from '../../engine/tax/add-tax.ts'
import type { InvoiceLine, LineDiscount } from '../../model/invoices/invoice-line.ts'
import type { Invoice } from '../../model/invoices/invoice.ts'
import type { BillingProfile, Seller } from '../../model/parties/party.ts'
import type { AppliedTax, TaxRounding } from '../../model/tax/tax.ts'

/** What is special about a line. */
export type PrintedLineTraits = Partial<Omit<InvoiceLine, 'quantity' | 'unitAmount' | 'discounts' | 'credits'>> & {
  readonly quantity?: string
  readonly unitAmount?: string
  readonly discounts?: readonly { readonly description: string; readonly amount: string }[]
  readonly credits?: string
}

/** What is special about an invoice. */
export type PrintedInvoiceTraits = Partial<Omit<Invoice, 'lines' | 'amountPaid' | 'seller' | 'buyer'>> & {
  readonly lines?: readonly PrintedLineTraits[]
  readonly amountPaid?: string
  readonly seller?: Partial<Seller>
  readonly buyer?: Partial<BillingProfile>
  readonly rounding?: TaxRounding
}

/** German VAT of 19 %. */
export const GERMAN_VAT: AppliedTax = { name: 'VAT', category: 'S', rate: new Decimal(19), components: [], jurisdiction: 'DE', exemptionReason: null }

const SELLER: Seller = {
  name: 'Tollgate GmbH',
  address: { line1: 'Torstraße 1', line2: null, postalCode: '10119', city: 'Berlin', region: null, country: 'DE' },
  taxId: { kind: 'eu_vat', value: 'DE136695976' },
  registration: 'HRB 12345',
  email: 'billing@example.com',
  phone: '+49 30 123456',
  bankAccount: { holder: 'Tollgate GmbH', iban: 'DE89370400440532013000', bic: 'COBADEFFXXX', bank: 'Commerzbank' },
}

const BUYER: BillingProfile = {
  tenantId: 'acme',
  name: 'Acme Inc.',
  address: { line1: 'Hauptstraße 5', line2: null, postalCode: '80331', city: 'München', region: null, country: 'DE' },
  taxId: { kind: 'eu_vat', value: 'DE811907980' },
  taxExemption: null,
  email: 'ap@acme.example',
  locale: 'en-US',
  reference: 'PO-4711',
  paymentTermDays: 14,
}

/** Makes a finalised invoice of November 2026 whose amounts add up. */
export function makePrintedInvoice({ lines = [{}], rounding = 'per_invoice', amountPaid = '0', seller, buyer, ...traits }: PrintedInvoiceTraits = {}): Invoice {
  const currency = traits.currency ?? 'EUR'
  const taxBehavior = traits.taxBehavior ?? 'exclusive'
  const ownPeriod = traits.period ?? november()
  const untaxed = lines.map((line, i) => untaxedLine(line, { position: i + 1, currency, ownPeriod }))
  const { taxAmounts, taxes, taxTotal } = addTax(untaxed, { currency, behavior: taxBehavior, rounding })
  const made = untaxed.map((line, i) => ({ ...line, taxAmount: taxAmounts[i] ?? ZERO }))
  const net = sum(made.map(({ netAmount }) => netAmount))
  const total = taxBehavior === 'exclusive' ? net.plus(taxTotal) : net
  return {
    id: '019c0000-0000-7000-8000-000000000001',
    tenantId: 'acme',
    kind: 'invoice',
    number: 'INV-acme-000042',
    status: 'finalized',
    currency,
    period: ownPeriod,
    issuedAt: Temporal.Instant.from('2026-12-01T06:00:00Z'),
    dueAt: Temporal.Instant.from('2026-12-15T22:59:59.999Z'),
    timeZone: 'Europe/Berlin',
    lines: made,
    taxBehavior,
    taxes,
    subtotal: sum(made.map(({ amount }) => amount)),
    discountTotal: sum(made.flatMap(({ discounts }) => discounts.map(({ amount }) => amount))),
    creditTotal: sum(made.map(({ credits }) => credits)),
    taxTotal,
    total,
    correctsInvoiceId: null,
    notes: null,
    ...traits,
    seller: { ...SELLER, ...seller },
    buyer: { ...BUYER, ...buyer },
    amountPaid: new Decimal(amountPaid),
    amountDue: total.minus(amountPaid),
  }
}

function untaxedLine(
  { quantity = '1', unitAmount = '100', discounts = [], credits = '0', ...traits }: PrintedLineTraits,
  { position, currency, ownPeriod }: { readonly position: number; readonly currency: string; readonly ownPeriod: Period },
): Omit<InvoiceLine, 'taxAmount'> {
  const amount = round(new Decimal(quantity).times(unitAmount), { scale: minorUnits(currency), mode: 'half-even' })
  const made = discounts.map((discount): LineDiscount => ({ description: discount.description, amount: new Decimal(discount.amount) }))
  return {
    id: `019c0000-0000-7000-8000-${String(position).padStart(12, '0')}`,
    position,
    kind: 'usage',
    description: 'openai gpt-5-mini',
    period: ownPeriod,
    quantity: new Decimal(quantity),
    unit: 'call',
    unitAmount: new Decimal(unitAmount),
    amount,
    discounts: made,
    credits: new Decimal(credits),
    netAmount: amount.minus(sum(made.map(discount => discount.amount))).minus(credits),
    tax: GERMAN_VAT,
    provider: 'openai',
    model: 'gpt-5-mini',
    dimensions: {},
    provenance: { conversion: null, details: {} },
    ...traits,
  }
}

function november(): Period {
  return period(Temporal.Instant.from('2026-10-31T23:00:00Z'), Temporal.Instant.from('2026-11-30T23:00:00Z'))
}

function sum(amounts: readonly Decimal[]): Decimal {
  return amounts.reduce((all, amount) => all.plus(amount), ZERO)
}
