import { Decimal, Temporal, tenantScope } from '@tollgate/kernel'
import { beforeEach, describe, expect, it } from 'vitest'
import { createBilling } from './create-billing.ts'
import { memoryBillingSettings, memoryExchangeRates, memoryInvoiceStore } from '../memory/index.ts'
import type { StoredInvoice } from '../model/invoices/invoice.ts'
import type { BillingPlan } from '../model/plans/billing-plan.ts'
import { billingPlanOf } from '../testing/builders/billing-plan.ts'
import { type BillingSetup, billingSetup, profileOf, SELLER_OF_TEST } from '../testing/builders/billing-setup.ts'
import { type PhaseOfTest, subscriptionOf } from '../testing/builders/subscription.ts'
import type { Subscription } from '../model/subscriptions/subscription.ts'

const usageOnly = billingPlanOf({ name: 'usage', recurringFee: new Decimal(0) })
const pro = billingPlanOf()
const business = billingPlanOf({ name: 'business', title: 'Business', recurringFee: new Decimal(300), rank: 2 })

const instant = (text: string) => Temporal.Instant.from(text)

function stores() {
  return { store: memoryInvoiceStore(), settings: memoryBillingSettings(), rates: memoryExchangeRates() }
}

function subscribed(phases: readonly (PhaseOfTest & { readonly plan: BillingPlan })[], changes: Partial<Subscription> = {}) {
  return { subscription: subscriptionOf(phases, changes), plans: [...new Set(phases.map(({ plan }) => plan))] }
}

/** The lines of an invoice as a reader sees them. */
function linesOf({ lines }: Pick<StoredInvoice, 'lines'>): string[] {
  return lines.map(({ description, period, netAmount }) => `${period.from.toString().slice(0, 10)} ${description}: ${netAmount.toFixed()}`)
}

let setup: BillingSetup
const run = async (through: string) => (await setup.billing.run({ through: instant(through) })).firstInvoices
const only = (invoices: readonly StoredInvoice[]): StoredInvoice => {
  expect(invoices).toHaveLength(1)
  return invoices[0] as StoredInvoice
}

describe('billing of usage', () => {
  beforeEach(async () => {
    setup = await billingSetup(stores(), [subscribed([{ from: '2026-01-01T00:00:00Z', plan: usageOnly }])])
  })

  it('bills a period when it has ended, with tax, and once', async () => {
    setup.usage.push({ at: '2026-01-10T00:00:00Z', charge: '10.004', discount: '1' }, { at: '2026-01-31T23:59:59Z', charge: '5', model: 'small' })
    setup.usage.push({ at: '2026-02-01T00:00:00Z', charge: '100' })
    expect(await run('2026-01-31T23:59:59Z')).toEqual([])
    const invoice = only(await run('2026-02-01T00:00:00Z'))
    expect(linesOf(invoice)).toEqual(['2026-01-01 openai gpt-5: 9', '2026-01-01 openai small: 5'])
    expect(invoice).toMatchObject({ number: 'INV-acme-000001', status: 'finalized', currency: 'USD' })
    const { subtotal, discountTotal, creditTotal, taxTotal, total, amountDue } = invoice
    expect([subtotal, discountTotal, creditTotal, taxTotal, total, amountDue].map(String)).toEqual(['15', '1', '0', '2.66', '16.66', '16.66'])
    expect(await run('2026-02-01T00:00:00Z')).toEqual([])
  })

  it('carries over what is less than a cent to the next invoice', async () => {
    setup.usage.push({ at: '2026-01-10T00:00:00Z', charge: '10.004' }, { at: '2026-02-10T00:00:00Z', charge: '10.007' })
    const [january, february] = await run('2026-03-01T00:00:00Z')
    expect([january?.subtotal.toFixed(), february?.subtotal.toFixed()]).toEqual(['10', '10.01'])
    const [state] = await setup.store.states(['acme'], { periods: 12 })
    expect(state?.subscriptions[0]?.carriedOver.toFixed()).toBe('0.001')
  })

  it('bills usage that arrives after finalisation on the next invoice, as a line of its own period', async () => {
    setup.usage.push({ at: '2026-01-10T00:00:00Z', charge: '10', tokens: 400 })
    await run('2026-02-01T00:00:00Z')
    setup.usage.push({ at: '2026-01-11T00:00:00Z', charge: '2', tokens: 60 }, { at: '2026-02-10T00:00:00Z', charge: '7' })
    const february = only(await run('2026-03-01T00:00:00Z'))
    expect(linesOf(february)).toEqual(['2026-02-01 openai gpt-5: 7', '2026-01-01 openai gpt-5, late usage: 2'])
    expect(february.lines[1]).toMatchObject({ unit: 'token' })
    expect(february.lines[1]?.quantity.toFixed()).toBe('60')
    expect(await run('2026-04-01T00:00:00Z')).toEqual([])
  })

  it('reports usage that arrives or changes in periods before the look-back, which no invoice bills, until the look-back reaches it', async () => {
    await setup.billing.changeSettings({ lookBackPeriods: 1 })
    const runThrough = async (through: string) => {
      const { invoices, firstFailures } = await setup.billing.run({ through: instant(through) })
      return [
        invoices,
        ...firstFailures.map(
          ({ code, message }) => `${code}: ${/period from (.{10}).*had (.*) when .*has (.*) now\.(.*) Late/.exec(message)?.slice(1).join(', ')}`,
        ),
      ]
    }
    setup.usage.push({ at: '2026-01-10T00:00:00Z', charge: '10' }, { at: '2026-02-10T00:00:00Z', charge: '7' })
    expect([await runThrough('2026-02-01T00:00:00Z'), await runThrough('2026-03-01T00:00:00Z')]).toEqual([[1], [1]])
    setup.usage.push({ at: '2026-01-11T00:00:00Z', charge: '2' }, { at: '2026-03-10T00:00:00Z', charge: '5' })
    expect(await runThrough('2026-04-01T00:00:00Z')).toEqual([1, 'USAGE_NOT_BILLED: 2026-01-01, 1 call at a cost of 10, 2 calls at a cost of 12, '])
    expect(await runThrough('2026-04-01T00:00:00Z')).toEqual([0])
    await setup.billing.changeSettings({ lookBackPeriods: 4 })
    expect(await runThrough('2026-05-01T00:00:00Z')).toEqual([1])
    const { items } = await setup.billing.invoices(tenantScope('acme'), { first: 1 })
    expect((await setup.billing.invoice(tenantScope('acme'), items[0]?.id ?? ''))?.subtotal.toFixed()).toBe('2')
    await setup.billing.changeSettings({ lookBackPeriods: 1 })
    expect(await runThrough('2026-06-01T00:00:00Z')).toEqual([0])
  })

  it('keeps settings that were stored before a check was added, until they are changed', async () => {
    const account = { holder: 'Tollgate GmbH', iban: 'DE00', bic: null, bank: null }
    const stored = await setup.billing.settings()
    const seller = { ...SELLER_OF_TEST, bankAccount: account }
    await setup.settings.saveSettings({ ...stored, seller, tax: { ...stored.tax, registrations: ['QQ'] } })
    expect(await setup.billing.changeSettings({ lookBackPeriods: 3 })).toMatchObject({ seller: { bankAccount: account }, tax: { registrations: ['QQ'] } })
    await expect(setup.billing.changeSettings({ seller })).rejects.toThrow('seller.bankAccount.iban: must have 22 characters')
  })

  it('gives back what corrected costs were billed too much, against the next invoice', async () => {
    setup.usage.push({ at: '2026-01-10T00:00:00Z', charge: '10' })
    await run('2026-02-01T00:00:00Z')
    setup.usage[0] = { at: '2026-01-10T00:00:00Z', charge: '4' }
    expect(await run('2026-03-01T00:00:00Z')).toEqual([])
    setup.usage.push({ at: '2026-03-10T00:00:00Z', charge: '20' })
    const march = only(await run('2026-04-01T00:00:00Z'))
    expect(linesOf(march)).toEqual(['2026-03-01 openai gpt-5: 20', '2026-01-01 openai gpt-5, correction: -6'])
  })

  it('groups lines by any dimension, and the groups add up to the charge', async () => {
    await setup.billing.setProfile(profileOf('acme', { lineDimensions: ['organization'] }))
    setup.usage.push({ at: '2026-01-10T00:00:00Z', charge: '10.01', organization: 'research' }, { at: '2026-01-11T00:00:00Z', charge: '5', discount: '2' })
    const invoice = only(await run('2026-02-01T00:00:00Z'))
    expect(linesOf(invoice).toSorted()).toEqual(['2026-01-01 Usage, organization none: 4.33', '2026-01-01 Usage, organization research: 8.68'])
    expect(invoice.subtotal.minus(invoice.discountTotal).toFixed()).toBe('13.01')
    const found = await setup.billing.explainLine(tenantScope('acme'), { invoiceId: invoice.id, position: 1 })
    expect(found?.usage?.filter).toEqual({ organization: 'research' })
  })

  it('summarises a billing period as its invoice, before and after it is made', async () => {
    setup.usage.push({ at: '2026-01-10T00:00:00Z', charge: '10.004', discount: '0.5' }, { at: '2026-02-10T00:00:00Z', charge: '20.009', model: 'small' })
    const february = { from: instant('2026-02-01T00:00:00Z'), to: instant('2026-03-01T00:00:00Z') }
    await run('2026-02-01T00:00:00Z')
    const before = await setup.billing.summary('acme', february)
    const invoice = only(await run('2026-03-01T00:00:00Z'))
    const after = await setup.billing.summary('acme', february)
    for (const { charges, discounts, credits, tax, total, lines } of [before, after]) {
      expect([charges, discounts, credits, tax, total].map(String)).toEqual(
        [invoice.subtotal, invoice.discountTotal, invoice.creditTotal, invoice.taxTotal, invoice.total].map(String),
      )
      expect(linesOf({ lines: lines as StoredInvoice['lines'] })).toEqual(linesOf(invoice))
    }
    expect([before.invoice, after.invoice?.number]).toEqual([null, 'INV-acme-000002'])
    const week = await setup.billing.summary('acme', { from: instant('2026-01-08T00:00:00Z'), to: instant('2026-01-15T00:00:00Z') })
    expect([week.charges, week.discounts, week.subtotal, week.cost].map(String)).toEqual(['10', '0.5', '9.5', '10.004'])
  })

  it('leaves drafts that are computed again, and finalises them with what is due then', async () => {
    setup.usage.push({ at: '2026-01-10T00:00:00Z', charge: '10' })
    const { firstDrafts, invoices } = await setup.billing.run({ through: instant('2026-03-01T00:00:00Z'), finalize: false })
    expect([firstDrafts.length, invoices]).toEqual([1, 0])
    const id = firstDrafts[0]?.id ?? ''
    expect(await setup.billing.invoice(tenantScope('acme'), id)).toMatchObject({ status: 'draft', number: null })
    setup.usage.push({ at: '2026-01-11T00:00:00Z', charge: '5' })
    expect((await setup.billing.invoice(tenantScope('acme'), id))?.subtotal.toFixed()).toBe('15')
    expect((await setup.billing.finalize('acme', id)).subtotal.toFixed()).toBe('15')
    await expect(setup.billing.finalize('acme', id)).rejects.toThrow('The invoice INV-acme-000001 is finalised already.')
    await expect(setup.billing.finalize('acme', '01900000-0000-7000-8000-00000000ffff')).rejects.toThrow('There is no invoice')
  })

  it('bills the lines of a voided invoice again, and leaves no gap in the numbers', async () => {
    setup.usage.push({ at: '2026-01-10T00:00:00Z', charge: '10.004' }, { at: '2026-02-10T00:00:00Z', charge: '7.007' })
    const january = only(await run('2026-02-01T00:00:00Z'))
    await setup.billing.void('acme', january.id)
    await expect(setup.billing.void('acme', january.id)).rejects.toThrow('The invoice INV-acme-000001 is void already.')
    const february = only(await run('2026-03-01T00:00:00Z'))
    expect([february.number, february.subtotal.toFixed()]).toEqual(['INV-acme-000002', '17.01'])
    const listed = await setup.billing.invoices(tenantScope('acme'), {})
    expect(listed.items.map(({ number, status }) => [number, status])).toEqual([
      ['INV-acme-000002', 'finalized'],
      ['INV-acme-000001', 'void'],
    ])
  })

  it('derives that an invoice is overdue', async () => {
    setup.usage.push({ at: '2026-01-10T00:00:00Z', charge: '10' })
    const { id, dueAt } = only(await run('2026-02-01T00:00:00Z'))
    expect(dueAt?.toString()).toBe('2026-06-15T23:59:59.999Z')
    setup.clock.set('2026-06-16T00:00:00Z')
    expect((await setup.billing.invoice(tenantScope('acme'), id))?.status).toBe('overdue')
    expect((await setup.billing.invoices(tenantScope('acme'), { status: 'finalized' })).items).toEqual([])
    expect((await setup.billing.invoices(tenantScope('acme'), { status: 'overdue' })).items).toHaveLength(1)
  })

  it('reports a tenant that cannot be billed, and bills the others', async () => {
    const other = subscribed([{ from: '2026-01-01T00:00:00Z', plan: usageOnly }], { tenantId: 'globex', id: '01900000-0000-7000-8000-000000000002' })
    setup.subscriptions.push(other)
    setup.usage.push({ at: '2026-01-10T00:00:00Z', charge: '10' }, { at: '2026-01-10T00:00:00Z', charge: '10', tenantId: 'globex' })
    const result = await setup.billing.run({ through: instant('2026-02-01T00:00:00Z') })
    expect(result).toMatchObject({ tenants: 2, invoices: 1, failures: 1, isComplete: true })
    expect(result.firstFailures).toEqual([
      { tenantId: 'globex', code: 'BILLING_PROFILE_MISSING', message: expect.stringContaining('"globex" has no billing profile') },
    ])
    await setup.billing.setProfile(profileOf('globex'))
    expect(only(await run('2026-02-01T00:00:00Z')).number).toBe('INV-globex-000001')
  })

  it('rejects a run into the future', async () => {
    await expect(run('2027-01-01T00:00:00Z')).rejects.toThrow('through: must not be after now')
  })

  it('never numbers an invoice twice and leaves no gap when 8 runs bill at once', async () => {
    const tenants = Array.from({ length: 5 }, (_, i) => `tenant-${i}`)
    for (const [i, tenantId] of tenants.entries()) {
      setup.subscriptions.push(subscribed([{ from: '2026-01-01T00:00:00Z', plan: usageOnly }], { tenantId, id: `01900000-0000-7000-8000-00000000010${i}` }))
      await setup.billing.setProfile(profileOf(tenantId))
      for (const month of ['01', '02', '03']) setup.usage.push({ tenantId, at: `2026-${month}-10T00:00:00Z`, charge: '10' })
    }
    const runs = await Promise.all(Array.from({ length: 8 }, () => setup.billing.run({ through: instant('2026-04-01T00:00:00Z') })))
    expect(runs.reduce((sum, { invoices }) => sum + invoices, 0)).toBe(15)
    for (const tenantId of tenants) {
      const { items } = await setup.billing.invoices(tenantScope(tenantId), {})
      expect(items.map(({ number }) => number)).toEqual([3, 2, 1].map(sequence => `INV-${tenantId}-00000${sequence}`))
    }
  })
})

describe('billing of fees', () => {
  it('bills a fee in advance at the start, and the next one with the usage of the period', async () => {
    setup = await billingSetup(stores(), [subscribed([{ from: '2026-01-01T00:00:00Z', plan: pro }])])
    setup.usage.push({ at: '2026-01-10T00:00:00Z', charge: '10' })
    const [start, january] = await run('2026-02-01T00:00:00Z')
    expect(linesOf(start as StoredInvoice)).toEqual(['2026-01-01 Pro: 100'])
    expect(start?.period.to.toString()).toBe('2026-02-01T00:00:00Z')
    expect(linesOf(january as StoredInvoice)).toEqual(['2026-02-01 Pro: 100', '2026-01-01 openai gpt-5: 10'])
  })

  it('settles an upgrade in the middle of a period on the next invoice', async () => {
    setup = await billingSetup(stores(), [subscribed([{ from: '2026-01-01T00:00:00Z', plan: pro }])])
    await run('2026-01-01T00:00:00Z')
    // 15.5 of 31 days.
    setup.subscriptions[0] = subscribed([
      { from: '2026-01-01T00:00:00Z', plan: pro },
      { from: '2026-01-16T12:00:00Z', plan: business },
    ])
    const january = only(await run('2026-02-01T00:00:00Z'))
    expect(linesOf(january)).toEqual(['2026-02-01 Business: 300', '2026-01-16 Business: 150', '2026-01-16 Pro, unused time: -50'])
    expect(january.lines.at(-1)?.period.to.toString()).toBe('2026-02-01T00:00:00Z')
  })

  it('charges the minimum commitment that usage falls short of, and corrects it for late usage', async () => {
    const committed = billingPlanOf({ name: 'committed', recurringFee: new Decimal(0), minimumCommitment: new Decimal(50) })
    setup = await billingSetup(stores(), [subscribed([{ from: '2026-01-01T00:00:00Z', plan: committed }])])
    setup.usage.push({ at: '2026-01-10T00:00:00Z', charge: '20.004' }, { at: '2026-02-10T00:00:00Z', charge: '80' })
    const january = only(await run('2026-02-01T00:00:00Z'))
    expect(linesOf(january)).toEqual(['2026-01-01 openai gpt-5: 20', '2026-01-01 Minimum commitment, not used: 30'])
    setup.usage.push({ at: '2026-01-11T00:00:00Z', charge: '40' })
    const february = only(await run('2026-03-01T00:00:00Z'))
    expect(linesOf(february)).toEqual([
      '2026-02-01 openai gpt-5: 80',
      '2026-01-01 openai gpt-5, late usage: 40',
      '2026-01-01 Minimum commitment, not used, correction: -30',
    ])
  })

  it('lets consumed credits pay usage, and never more than it costs', async () => {
    const credited = billingPlanOf({ name: 'credited', recurringFee: new Decimal(0), creditValue: new Decimal('0.5') })
    setup = await billingSetup(stores(), [subscribed([{ from: '2026-01-01T00:00:00Z', plan: credited }])])
    setup.usage.push({ at: '2026-01-10T00:00:00Z', charge: '10' }, { at: '2026-02-10T00:00:00Z', charge: '10' })
    setup.credits.set('2026-02-01T00:00:00Z', '8').set('2026-03-01T00:00:00Z', '800')
    const [january, february] = await run('2026-03-01T00:00:00Z')
    expect([january?.creditTotal, january?.total, february?.creditTotal, february?.total].map(String)).toEqual(['4', '7.14', '10', '0'])
    expect(february?.status).toBe('paid')
  })

  it('settles a cancelled subscription with its last invoice, also if that gives money back', async () => {
    setup = await billingSetup(stores(), [subscribed([{ from: '2026-01-01T00:00:00Z', plan: pro }])])
    await run('2026-01-01T00:00:00Z')
    setup.subscriptions[0] = subscribed([{ from: '2026-01-01T00:00:00Z', plan: pro }], { endedAt: instant('2026-01-16T12:00:00Z') })
    const last = only(await run('2026-06-01T00:00:00Z'))
    expect([linesOf(last), last.period.to.toString(), last.total.toFixed()]).toEqual([['2026-01-16 Pro, unused time: -50'], '2026-01-16T12:00:00Z', '-59.5'])
  })
})

describe('currencies', () => {
  const rates = 'date,base,quote,rate\n2026-01-30,USD,EUR,0.9\n2026-02-27,USD,EUR,0.8\n2026-05-29,USD,EUR,0.5'

  it('are converted by the rate of the end of the period of a line, also for late usage', async () => {
    setup = await billingSetup(stores(), [subscribed([{ from: '2026-01-01T00:00:00Z', plan: usageOnly }], { currency: 'EUR' })])
    expect(await setup.billing.importRates({ text: rates, source: 'test' })).toBe(3)
    setup.usage.push({ at: '2026-01-10T00:00:00Z', charge: '10' })
    const january = only(await run('2026-02-01T00:00:00Z'))
    expect([january.currency, january.subtotal.toFixed()]).toEqual(['EUR', '9'])
    expect(january.lines[0]?.provenance.conversion).toEqual({ currency: 'USD', amount: '10', rate: '0.9', date: '2026-01-30', source: 'test' })
    setup.usage.push({ at: '2026-01-11T00:00:00Z', charge: '10' }, { at: '2026-02-10T00:00:00Z', charge: '10' })
    const february = only(await run('2026-03-01T00:00:00Z'))
    expect(linesOf(february)).toEqual(['2026-02-01 openai gpt-5: 8', '2026-01-01 openai gpt-5, late usage: 9'])
  })

  it('convert a fee in advance by the rate of its start, and usage of the same period by the rate of its end', async () => {
    setup = await billingSetup(stores(), [subscribed([{ from: '2026-02-01T00:00:00Z', plan: pro }], { currency: 'EUR' })])
    await setup.billing.importRates({ text: rates, source: 'test' })
    setup.usage.push({ at: '2026-02-10T00:00:00Z', charge: '10' })
    const [start, february] = await run('2026-03-01T00:00:00Z')
    expect(linesOf(start as StoredInvoice)).toEqual(['2026-02-01 Pro: 90'])
    expect(linesOf(february as StoredInvoice)).toEqual(['2026-03-01 Pro: 80', '2026-02-01 openai gpt-5: 8'])
  })

  it('without a rate fail with the currencies and the day, and bill nothing', async () => {
    setup = await billingSetup(stores(), [subscribed([{ from: '2026-01-01T00:00:00Z', plan: usageOnly }], { currency: 'EUR' })])
    setup.usage.push({ at: '2026-01-10T00:00:00Z', charge: '10' })
    const { firstFailures } = await setup.billing.run({ through: instant('2026-02-01T00:00:00Z') })
    expect(firstFailures.map(({ message }) => message)).toEqual([expect.stringContaining('There is no exchange rate from USD to EUR for 2026-01-31.')])
    await setup.billing.importRates({ text: rates, source: 'test' })
    await expect(setup.billing.importRates({ text: 'date,base,quote,rate\n2026-01-30,USD,EUR,0.91', source: 'x' })).rejects.toThrow('Rates are never changed')
    expect(only(await run('2026-02-01T00:00:00Z')).number).toBe('INV-acme-000001')
  })
})

describe('credit notes', () => {
  let invoice: StoredInvoice
  beforeEach(async () => {
    setup = await billingSetup(stores(), [subscribed([{ from: '2026-01-01T00:00:00Z', plan: usageOnly }])])
    setup.usage.push({ at: '2026-01-10T00:00:00Z', charge: '10' }, { at: '2026-01-11T00:00:00Z', charge: '5', model: 'small' })
    invoice = only(await run('2026-02-01T00:00:00Z'))
  })
  let key = 0
  const issue = (contents: Parameters<BillingSetup['billing']['issueCreditNote']>[0]['contents'], idempotencyKey = `key-${key++}`) =>
    setup.billing.issueCreditNote({ tenantId: 'acme', invoiceId: invoice.id, contents, reason: 'Outage', idempotencyKey })

  it('give back amounts, lines and the rest, and never more than the invoice together', async () => {
    const part = await issue({ kind: 'amount', amount: new Decimal('5.95') })
    expect(part).toMatchObject({ kind: 'credit_note', number: 'CN-acme-000001', correctsInvoiceId: invoice.id, notes: 'Outage' })
    expect([part.subtotal, part.taxTotal, part.total].map(String)).toEqual(['5', '0.95', '5.95'])
    const small = invoice.lines.find(({ model }) => model === 'small')
    const ofLine = await issue({ kind: 'lines', lines: [{ lineId: small?.id ?? '', netAmount: new Decimal(1) }] })
    expect([ofLine.total.toFixed(), ofLine.lines.length]).toEqual(['1.19', 1])
    await expect(issue({ kind: 'amount', amount: new Decimal('10.72') })).rejects.toThrow('at most 10.71 USD can be given back, with all credit notes together')
    const rest = await issue({ kind: 'full' })
    expect(part.total.plus(ofLine.total).plus(rest.total).toFixed()).toBe(invoice.total.toFixed())
    await expect(issue({ kind: 'full' })).rejects.toThrow('nothing of the invoice INV-acme-000001 remains')
  })

  it('are issued once for each key, and bill nothing again', async () => {
    const first = await issue({ kind: 'full' }, 'same')
    const again = await issue({ kind: 'full' }, 'same')
    expect(again.number).toBe(first.number)
    expect(await run('2026-03-01T00:00:00Z')).toEqual([])
  })

  it('pay their invoice, also if that has to be made up for by a repeated call', async () => {
    const paid: string[] = []
    const failing = [true, false]
    const onCreditNote = async ({ number }: StoredInvoice) => {
      if (failing.shift()) throw new Error('the server ended')
      paid.push(String(number))
    }
    const billing = createBilling({ ...setup.dependencies, onCreditNote })
    const note = { tenantId: 'acme', invoiceId: invoice.id, contents: { kind: 'full' }, reason: 'Outage', idempotencyKey: 'once' } as const
    await expect(billing.issueCreditNote(note)).rejects.toThrow('the server ended')
    expect((await billing.issueCreditNote(note)).number).toBe('CN-acme-000001')
    expect(paid).toEqual(['CN-acme-000001'])
  })

  it('are rejected for void invoices, credit notes, unknown lines and amounts that are not money', async () => {
    await expect(issue({ kind: 'amount', amount: new Decimal('1.005') })).rejects.toThrow('at most 2 decimal places in USD')
    await expect(issue({ kind: 'lines', lines: [{ lineId: 'x', netAmount: new Decimal(1) }] })).rejects.toThrow('lines.0.lineId: is not a line of the invoice')
    const note = await issue({ kind: 'amount', amount: new Decimal(1) })
    await expect(
      setup.billing.issueCreditNote({ tenantId: 'acme', invoiceId: note.id, contents: { kind: 'full' }, reason: 'x', idempotencyKey: 'y' }),
    ).rejects.toThrow('is a credit note itself')
  })
})
