import { Decimal, OPERATOR_SCOPE, Temporal, tenantScope } from '@tollgate/kernel'
import { beforeEach, describe, expect, it } from 'vitest'
import type { SubscriptionWithPlans } from '../billing/billable-subscriptions-reader.ts'
import type { StoredInvoice } from '../model/invoices/invoice.ts'
import { billingPlanOf } from './builders/billing-plan.ts'
import { type BillingSetup, billingSetup, type BillingStores, profileOf } from './builders/billing-setup.ts'
import { subscriptionOf } from './builders/subscription.ts'

const instant = (text: string) => Temporal.Instant.from(text)
const plan = billingPlanOf({ name: 'usage', recurringFee: new Decimal(0), creditValue: new Decimal('0.1') })
const idOf = (position: number) => `01900000-0000-7000-8000-${String(position).padStart(12, '0')}`

function subscribed(tenantId: string, position: number): SubscriptionWithPlans {
  return { subscription: subscriptionOf([{ from: '2026-01-01T00:00:00Z', plan }], { tenantId, id: idOf(position), currency: 'EUR' }), plans: [plan] }
}

/** The contract of `InvoiceStore`, and of the stores of settings and exchange rates. `make` returns empty stores. */
export function describeInvoiceStore(name: string, make: () => Promise<BillingStores>): void {
  describe(`${name} invoice store`, () => {
    let setup: BillingSetup
    const run = async (through: string, finalize = true) => setup.billing.run({ through: instant(through), finalize })

    beforeEach(async () => {
      setup = await billingSetup(await make(), [subscribed('acme', 1), subscribed('globex', 2)])
      await setup.billing.importRates({ text: 'date,base,quote,rate\n2026-01-31,USD,EUR,0.3\n2026-02-28,USD,EUR,0.123456789', source: 'test' })
      for (const tenantId of ['acme', 'globex']) {
        setup.usage.push(
          { tenantId, at: '2026-01-10T00:00:00Z', charge: '10.01', discount: '0.07' },
          { tenantId, at: '2026-02-10T00:00:00Z', charge: '7', model: 'small' },
        )
      }
      setup.credits.set('2026-02-01T00:00:00Z', '3')
    })

    it('returns invoices as they were made, with every digit', async () => {
      const { firstInvoices } = await run('2026-03-01T00:00:00Z')
      expect(firstInvoices).toHaveLength(4)
      for (const made of firstInvoices) {
        const found = await setup.billing.invoice(tenantScope(made.tenantId), made.id)
        expect(plain(found)).toEqual(plain(made))
      }
    })

    it('knows what was billed, so that nothing is billed again', async () => {
      await run('2026-02-01T00:00:00Z')
      await run('2026-03-01T00:00:00Z')
      const [state] = await setup.store.states(['acme'], { periods: 12 })
      const [billing] = state?.subscriptions ?? []
      expect(billing?.periods.map(({ period }) => period.to.toString())).toEqual(['2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z', '2026-03-01T00:00:00Z'])
      expect(
        billing?.billed.map(({ amount, discounts, credits, conversion }) => [amount, discounts[0]?.amount, credits, conversion?.rate].map(String)),
      ).toEqual([
        ['10.01', '0.07', '0.3', '0.3'],
        ['7', 'undefined', '0', '0.123456789'],
      ])
      // 9.64 × 0.3 = 2.892 and 7 × 0.123456789 = 0.864197523.
      expect(billing?.carriedOver.toFixed()).toBe(new Decimal('2.892').plus('0.864197523').minus('3.75').toFixed())
      expect((await run('2026-04-01T00:00:00Z')).invoices).toBe(0)
    })

    it('returns the last periods only, and what was billed of them', async () => {
      await run('2026-03-01T00:00:00Z')
      const [state] = await setup.store.states(['acme'], { periods: 1 })
      expect(state?.subscriptions[0]?.periods.map(({ period }) => period.from.toString())).toEqual(['2026-02-01T00:00:00Z'])
      expect(state?.subscriptions[0]?.billed.map(({ model }) => model)).toEqual(['small'])
    })

    it('remembers what was used in periods before the last ones, until they are among the last ones again', async () => {
      await run('2026-04-01T00:00:00Z')
      const settledBefore = async (periods: number) =>
        (await setup.store.settledPeriods(['acme'], { periods })).map(
          ({ period, settled }) => `${period.to.toString().slice(0, 10)} ${settled?.cost.toFixed() ?? 'unknown'}`,
        )
      expect(await settledBefore(4)).toEqual([])
      const old = await setup.store.settledPeriods(['acme', 'globex'], { periods: 2 })
      expect(old.map(({ tenantId, settled }) => [tenantId, settled])).toEqual([
        ['acme', null],
        ['acme', null],
        ['globex', null],
        ['globex', null],
      ])
      const total = (cost: string) => ({ calls: 3, cost: new Decimal(cost) })
      await setup.store.settle(old.map(period => ({ ...period, settled: total('1.5') })))
      await setup.store.settle(old.map(period => ({ ...period, settled: total('2') })))
      expect(await settledBefore(2)).toEqual(['2026-01-01 1.5', '2026-02-01 1.5'])
      expect(await settledBefore(3)).toEqual(['2026-01-01 1.5'])
      expect(await settledBefore(2)).toEqual(['2026-01-01 1.5', '2026-02-01 unknown'])
    })

    it('stores nothing for a revision that has passed', async () => {
      await run('2026-02-01T00:00:00Z')
      const change = { tenantId: 'acme', subscriptionId: idOf(1), revision: 0, periods: [], invoice: null }
      expect(await setup.store.bill(change)).toBeUndefined()
      const [state] = await setup.store.states(['acme'], { periods: 1 })
      expect(await setup.store.bill({ ...change, revision: state?.revision ?? 0 })).toEqual({ invoice: null })
      expect(await setup.store.bill({ ...change, revision: state?.revision ?? 0 })).toBeUndefined()
    })

    it('stores periods of several tenants together, without those whose revision has passed', async () => {
      await run('2026-02-01T00:00:00Z')
      const [acme, globex] = await setup.store.states(['acme', 'globex'], { periods: 1 })
      const change = (tenantId: string, position: number, revision = 0) => ({ tenantId, subscriptionId: idOf(position), revision, periods: [], invoice: null })
      const billing = [change('acme', 1, acme?.revision), change('globex', 2), change('new', 3)]
      expect(await setup.store.billAll(billing)).toEqual([{ invoice: null }, undefined, { invoice: null }])
      expect(await setup.store.billAll([change('new', 3, 1), change('globex', 2, globex?.revision)])).toEqual([{ invoice: null }, { invoice: null }])
    })

    it('numbers each tenant by itself, without a gap, when 8 runs bill at once', async () => {
      const runs = await Promise.all(Array.from({ length: 8 }, () => run('2026-03-01T00:00:00Z')))
      expect(runs.reduce((sum, { invoices }) => sum + invoices, 0)).toBe(4)
      const { items } = await setup.billing.invoices(OPERATOR_SCOPE, {})
      expect(items.map(({ number }) => String(number)).toSorted()).toEqual(['INV-acme-000001', 'INV-acme-000002', 'INV-globex-000001', 'INV-globex-000002'])
    })

    it('leaves nothing behind if an invoice cannot be made', async () => {
      const [state] = await setup.store.states(['acme'], { periods: 1 })
      const change = { tenantId: 'acme', subscriptionId: idOf(1), revision: state?.revision ?? 0, periods: [] }
      const fail = () => {
        throw new Error('no invoice')
      }
      await expect(setup.store.bill({ ...change, invoice: { series: 'INV', charges: [], rounding: new Decimal(0), make: fail } })).rejects.toThrow('no invoice')
      expect((await run('2026-02-01T00:00:00Z')).firstInvoices.map(({ number }) => number)).toContain('INV-acme-000001')
    })

    it('lists drafts and invoices, latest period first, in pages and by status', async () => {
      await run('2026-02-01T00:00:00Z')
      await run('2026-03-01T00:00:00Z', false)
      const acme = tenantScope('acme')
      const statuses = async (request: Parameters<BillingSetup['billing']['invoices']>[1]) =>
        (await setup.billing.invoices(acme, request)).items.map(({ status }) => status)
      expect(await statuses({})).toEqual(['draft', 'finalized'])
      const first = await setup.billing.invoices(acme, { first: 1 })
      expect(first.hasMore).toBe(true)
      expect(await statuses({ first: 1, after: first.items[0]?.id })).toEqual(['finalized'])
      const [invoice] = (await setup.billing.invoices(acme, { status: 'finalized' })).items
      expect(await statuses({ status: 'draft' })).toEqual(['draft'])
      expect(await statuses({ status: 'sent' })).toEqual([])
      const sent = await setup.billing.markSent('acme', invoice?.id ?? '')
      expect([sent.before.status, sent.invoice.status, await statuses({ status: 'sent' })]).toEqual(['finalized', 'sent', ['sent']])
      setup.clock.set('2026-12-01T00:00:00Z')
      expect(await statuses({ status: 'overdue' })).toEqual(['overdue'])
      const lost = await setup.billing.markUncollectible('acme', invoice?.id ?? '')
      expect([lost.invoice.status, await statuses({ status: 'uncollectible' })]).toEqual(['uncollectible', ['uncollectible']])
      await setup.billing.void('acme', invoice?.id ?? '')
      expect(await statuses({ status: 'void' })).toEqual(['void'])
      expect(await statuses({ kind: 'credit_note' })).toEqual([])
    })

    it('returns the lines of an invoice in pages, also of a draft', async () => {
      setup.usage.push({ tenantId: 'acme', at: '2026-01-11T00:00:00Z', charge: '1', model: 'small' })
      await run('2026-02-01T00:00:00Z')
      await run('2026-03-01T00:00:00Z', false)
      const acme = tenantScope('acme')
      const [draft, made] = (await setup.billing.invoices(acme, {})).items.map(({ id }) => id)
      const modelsOn = async (id: string | undefined, after?: number, scope = acme) => {
        const { items, hasMore } = await setup.billing.linePage(scope, id ?? '', { first: 1, after })
        return [items.map(({ position, model }) => `${position} ${model}`), hasMore]
      }
      const models = (await setup.billing.invoice(acme, made ?? ''))?.lines.map(({ model }) => model) ?? []
      expect(models).toHaveLength(2)
      expect([await modelsOn(made), await modelsOn(made, 1)]).toEqual([
        [[`1 ${models[0]}`], true],
        [[`2 ${models[1]}`], false],
      ])
      expect([await modelsOn(made, 2), await modelsOn(draft), await modelsOn(draft, 1)]).toEqual([
        [[], false],
        [['1 small'], false],
        [[], false],
      ])
      expect(await modelsOn(made, undefined, tenantScope('globex'))).toEqual([[], false])
    })

    it('shows a tenant nothing of another', async () => {
      const { firstInvoices } = await run('2026-02-01T00:00:00Z')
      await run('2026-03-01T00:00:00Z', false)
      const foreign = firstInvoices.find(({ tenantId }) => tenantId === 'globex')
      const acme = tenantScope('acme')
      expect(await setup.billing.invoice(acme, foreign?.id ?? '')).toBeUndefined()
      expect(await setup.store.lines(acme, [foreign?.id ?? ''])).toEqual(new Map())
      expect((await setup.billing.invoices(acme, {})).items.map(({ tenantId }) => tenantId)).toEqual(['acme', 'acme'])
      await expect(setup.billing.void('acme', foreign?.id ?? '')).rejects.toThrow('There is no invoice')
    })

    it('issues credit notes under their own numbers, once for each key, also at the same time', async () => {
      const { firstInvoices } = await run('2026-02-01T00:00:00Z')
      const invoice = firstInvoices.find(({ tenantId }) => tenantId === 'acme') as StoredInvoice
      const note = { tenantId: 'acme', invoiceId: invoice.id, contents: { kind: 'full' }, reason: 'Outage', idempotencyKey: 'one' } as const
      const issued = await Promise.allSettled([
        setup.billing.issueCreditNote(note),
        setup.billing.issueCreditNote(note),
        setup.billing.issueCreditNote({ ...note, idempotencyKey: 'two' }),
      ])
      expect(
        issued
          .map(one => (one.status === 'fulfilled' ? one.value.number : (one.reason as Error).name))
          .map(String)
          .toSorted(),
      ).toEqual([
        ...(issued[2]?.status === 'fulfilled' ? ['CN-acme-000001', 'InvalidInput', 'InvalidInput'] : ['CN-acme-000001', 'CN-acme-000001', 'InvalidInput']),
      ])
      const [stored] = (await setup.billing.invoices(tenantScope('acme'), { kind: 'credit_note' })).items
      expect([stored?.total.toFixed(), stored?.correctsInvoiceId]).toEqual([invoice.total.toFixed(), invoice.id])
    })

    it('issues invoices that bill no period once for each id', async () => {
      const period = { from: instant('2026-05-01T00:00:00Z'), to: instant('2026-06-01T00:00:00Z') }
      const lines = [{ kind: 'late_fee', description: 'Late fee', amount: new Decimal(5) }] as const
      const extra = { id: idOf(77), tenantId: 'acme', currency: 'EUR', period, timeZone: 'UTC', lines }
      const first = await setup.billing.issueInvoice(extra)
      expect([first.number, first.total.toFixed(), first.subscriptionId]).toEqual(['INV-acme-000001', '5.95', null])
      expect((await setup.billing.issueInvoice(extra)).number).toBe('INV-acme-000001')
      expect((await run('2026-02-01T00:00:00Z')).firstInvoices.map(({ number }) => number)).toContain('INV-acme-000002')
    })

    it('keeps settings, profiles and exchange rates', async () => {
      const profile = profileOf('acme', { lineDimensions: ['organization'], reference: 'PO 7' })
      await setup.billing.setProfile(profile)
      expect(await setup.billing.profile('acme')).toEqual(profile)
      expect(await setup.billing.changeSettings({ lookBackPeriods: 2 })).toEqual(await setup.billing.settings())
      await expect(setup.billing.changeSettings({ creditNoteSeries: 'INV' })).rejects.toThrow('creditNoteSeries: must differ from invoiceSeries')
      const { items } = await setup.rates.list({ first: 1, currency: 'EUR' })
      expect(items.map(({ date, rate }) => [date.toString(), rate.toFixed()])).toEqual([['2026-02-28', '0.123456789']])
      await expect(setup.billing.importRates({ text: 'date,base,quote,rate\n2026-03-01,USD,EUR,1\n2026-01-31,USD,EUR,2', source: 'x' })).rejects.toThrow(
        'for 2026-01-31',
      )
      expect((await setup.rates.list({ first: 10 })).items).toHaveLength(2)
    })
  })
}

/** Decimals and times as text, so that invoices can be compared. */
function plain(invoice: StoredInvoice | undefined): unknown {
  return invoice && JSON.parse(JSON.stringify(invoice))
}
