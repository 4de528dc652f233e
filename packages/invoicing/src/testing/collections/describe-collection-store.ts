import { InvalidInput, NotFound, Temporal } from '@tollgate/kernel'
import { beforeEach, describe, expect, it } from 'vitest'
import { CollectionPaused, InvoiceDisputed, NothingToCollect } from '../../model/collections/collection-errors.ts'
import type { CollectionStep } from '../../model/collections/collection-step.ts'
import { type CollectionsUnderTest, type MakeCollectionStore, makeCollections } from './collections-under-test.ts'

/** The contract of `CollectionStore`: what every adapter must do. */
export function describeCollectionStore(name: string, make: MakeCollectionStore): void {
  describe(`${name} collections`, () => {
    let test: CollectionsUnderTest
    beforeEach(async () => {
      test = await makeCollections(make)
    })

    const sent = () => test.notices.map(({ step: { key, amount } }) => (amount === null ? key : `${key} ${amount.toFixed()}`))
    const collectOn = async (day: string) => {
      test.clock.set(`${day}T06:00:00Z`)
      return test.collections.collect('acme')
    }
    const at = (day: string) => Temporal.Instant.from(`${day}T00:00:00Z`)

    it('take each step once, however many servers run them', async () => {
      const invoice = test.addInvoice()
      test.clock.set('2026-03-09T06:00:00Z')
      const servers = [test.collections, test.another(), test.another()]
      const runs = await Promise.all([...servers, ...servers].map(server => server.run()))
      expect(runs.reduce((sum, { reminders, lateFees }) => sum + reminders + lateFees, 0)).toBe(2)
      expect(sent().sort()).toEqual(['late_fee:1 10', 'reminder:7'])
      const steps = await test.collections.steps('acme', [invoice])
      expect(steps.map(({ key, outcome }) => `${key} ${outcome}`)).toEqual(['reminder:-3 skipped', 'reminder:0 skipped', 'late_fee:1 done', 'reminder:7 done'])
    })

    it('take no step if the notice of it cannot be written', async () => {
      const invoice = test.addInvoice()
      test.clock.set('2026-03-09T06:00:00Z')
      const broken = test.another({ notifier: { notify: () => Promise.reject(new Error('no room')) } })
      await expect(broken.run()).rejects.toThrow('no room')
      expect(await test.collections.steps('acme', [invoice])).toEqual([])
      expect(await test.collections.run()).toEqual({ tenants: 1, reminders: 1, lateFees: 1, uncollectible: 0 })
    })

    it('stop at payment', async () => {
      const invoice = test.addInvoice()
      await collectOn('2026-03-01')
      test.pay(invoice, '1000')
      await collectOn('2026-04-20')
      expect(sent()).toEqual(['reminder:0'])
    })

    it('pay from the balance of the tenant before they remind', async () => {
      const invoice = test.addInvoice()
      test.clock.set('2026-03-09T06:00:00Z')
      await test.another({ payFromBalance: async () => test.pay(invoice, '1000') }).run()
      expect(sent()).toEqual([])
    })

    it('charge late fees once on a later invoice', async () => {
      const invoice = test.addInvoice()
      await collectOn('2026-03-08')
      test.pay(invoice, '400')
      await collectOn('2026-04-07')
      const unbilled = (): Promise<readonly CollectionStep[]> =>
        test.store.transaction('acme', transaction => test.collections.unbilledLateFees(transaction, 'acme'))
      const fees = await unbilled()
      expect(fees.map(({ key, amount }) => `${key} ${amount?.toFixed() ?? ''}`)).toEqual(['late_fee:1 10', 'late_fee:2 6'])
      await test.store.transaction('acme', transaction =>
        test.collections.billLateFees(transaction, { tenantId: 'acme', fees: fees.slice(0, 1), billedOn: invoice }),
      )
      expect((await unbilled()).map(({ key }) => key)).toEqual(['late_fee:2'])
    })

    it('stop while they are paused, for a tenant or an invoice, and count no days of it', async () => {
      const paused = test.addInvoice()
      test.addInvoice({ number: 'INV-2' })
      await test.collections.pause({ tenantId: 'acme', invoiceId: paused, reason: 'waits for a purchase order' })
      await expect(test.collections.pause({ tenantId: 'acme', invoiceId: paused })).rejects.toThrow(CollectionPaused)
      await collectOn('2026-03-01')
      expect(test.notices.map(({ invoice, step }) => `${invoice.number} ${step.key}`)).toEqual(['INV-2 reminder:0'])
      await test.collections.pause({ tenantId: 'acme', until: at('2026-03-11') })
      await collectOn('2026-03-09')
      expect(test.notices).toHaveLength(1)
      const { to } = await test.collections.resume({ tenantId: 'acme', invoiceId: paused })
      expect(to?.toString()).toBe('2026-03-09T06:00:00Z')
      await collectOn('2026-03-19')
      expect(sent().slice(1).sort()).toEqual(['late_fee:1 10', 'late_fee:1 10', 'reminder:7', 'reminder:7'])
      expect((await test.collections.holds('acme')).map(({ kind, invoiceId }) => `${kind} ${invoiceId === null ? 'tenant' : 'invoice'}`)).toEqual([
        'pause tenant',
        'pause invoice',
      ])
      await expect(test.collections.resume({ tenantId: 'acme' })).rejects.toThrow(NotFound)
    })

    it('stop during a dispute, until it is resolved', async () => {
      const invoice = test.addInvoice()
      const { id } = await test.collections.openDispute({ tenantId: 'acme', invoiceId: invoice, reason: 'We did not order this.' })
      await expect(test.collections.openDispute({ tenantId: 'acme', invoiceId: invoice, reason: 'again' })).rejects.toThrow(InvoiceDisputed)
      await collectOn('2026-03-20')
      expect(sent()).toEqual([])
      expect(await test.collections.resolveDispute({ tenantId: 'acme', disputeId: id, resolution: 'rejected' })).toMatchObject({ resolution: 'rejected' })
      await expect(test.collections.resolveDispute({ tenantId: 'acme', disputeId: id, resolution: 'accepted' })).rejects.toThrow(NotFound)
      await collectOn('2026-03-21')
      expect(sent()).toEqual(['reminder:0'])
      expect((await test.collections.holds('acme'))[0]).toMatchObject({ kind: 'dispute', resolution: 'rejected', reason: 'We did not order this.' })
    })

    it('use the policy of the tenant, or that of the installation, or the default', async () => {
      const invoice = test.addInvoice()
      await test.collections.setPolicy(null, { graceDays: 0, reminderDays: [1], lateFee: { kind: 'fixed', value: '5' } })
      await test.collections.setPolicy('acme', { graceDays: 3, reminderDays: [2], lateFee: { kind: 'fixed', value: '7.5' }, uncollectibleAfterDays: 9 })
      expect(await test.collections.policy('acme')).toMatchObject({ graceDays: 3, reminderDays: [2] })
      expect(await test.collections.policy('globex')).toMatchObject({ graceDays: 0, reminderDays: [1] })
      await collectOn('2026-03-05')
      expect(sent()).toEqual(['reminder:2', 'late_fee:1 7.5'])
      await collectOn('2026-03-10')
      expect([sent().at(-1), test.uncollectible()]).toEqual(['uncollectible', [invoice]])
      expect(await test.collections.setPolicy('acme', undefined)).toMatchObject({ graceDays: 0 })
    })

    it('send a reminder by hand, once for each idempotency key', async () => {
      const invoiceId = test.addInvoice()
      const remind = (idempotencyKey: string) => test.collections.sendReminder({ tenantId: 'acme', invoiceId, idempotencyKey })
      expect(await remind('a')).toEqual(await remind('a'))
      await remind('b')
      expect(sent()).toEqual(['manual:a', 'manual:b'])
      test.pay(invoiceId, '1000')
      await expect(remind('c')).rejects.toThrow(NothingToCollect)
    })

    it.each([
      { graceDays: -1, reminderDays: [] },
      { graceDays: 7, reminderDays: [1, 1] },
      { graceDays: 7, reminderDays: [1.5] },
      { graceDays: 7, reminderDays: [], uncollectibleAfterDays: 3 },
      { graceDays: 7, reminderDays: [], lateFee: { kind: 'percent' as const, value: '0' } },
      { graceDays: 7, reminderDays: [], lateFee: { kind: 'fixed' as const, value: '1', compound: true, everyDays: 3 } },
    ])('reject the policy %o', async policy => {
      await expect(test.collections.setPolicy('acme', policy)).rejects.toThrow(InvalidInput)
    })
  })
}
