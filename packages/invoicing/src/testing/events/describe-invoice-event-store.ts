import { Decimal, OPERATOR_SCOPE, Temporal, tenantScope, type Transaction } from '@tollgate/kernel'
import { beforeEach, describe, expect, it } from 'vitest'
import type { InvoiceEventStore } from '../../events/invoice-event-store.ts'
import type { InvoiceEventDraft } from '../../model/invoices/invoice-event.ts'

/** Events of invoices that a test can add in transactions. */
export interface InvoiceEventsUnderTest {
  readonly store: InvoiceEventStore
  /** Runs work in a transaction of a tenant, which is committed when the promise resolves. */
  transaction(tenantId: string, work: (transaction: Transaction) => Promise<void>): Promise<void>
}

const INVOICE_ID = '01900000-0000-7000-8000-000000000001'
const EVENT: InvoiceEventDraft = {
  tenantId: 'acme',
  invoiceId: INVOICE_ID,
  kind: 'finalized',
  occurredAt: Temporal.Instant.from('2026-11-20T12:00:00Z'),
  number: 'INV-acme-000001',
  currency: 'EUR',
  total: new Decimal('119.00'),
  amountPaid: new Decimal(0),
  creditNoteId: null,
  amount: null,
}

/** The contract of `InvoiceEventStore`: what every adapter must do. */
export function describeInvoiceEventStore(name: string, make: () => Promise<InvoiceEventsUnderTest>): void {
  describe(`${name} events of invoices`, () => {
    let test: InvoiceEventsUnderTest
    beforeEach(async () => {
      test = await make()
    })
    const add = (tenantId: string, ...kinds: InvoiceEventDraft['kind'][]) =>
      test.transaction(
        tenantId,
        async transaction =>
          void (await test.store.add(
            transaction,
            kinds.map(kind => ({ ...EVENT, tenantId, kind })),
          )),
      )
    const kinds = async (tenantId?: string, after?: string, first = 100) =>
      (await test.store.list(tenantId === undefined ? OPERATOR_SCOPE : tenantScope(tenantId), { after, first })).map(({ kind }) => kind)

    it('lists events of a tenant in the order in which they were added, with all they say', async () => {
      await add('acme', 'finalized', 'paid')
      await add('acme', 'payment_reversed')
      const noted = { ...EVENT, kind: 'credit_note_issued' as const, creditNoteId: '01900000-0000-7000-8000-000000000002', amount: new Decimal('5.5') }
      await test.transaction('acme', async transaction => expect(await test.store.add(transaction, [noted])).toBe(1))
      const events = await test.store.list(tenantScope('acme'), { first: 10 })
      expect(events.map(({ kind }) => kind)).toEqual(['finalized', 'paid', 'payment_reversed', 'credit_note_issued'])
      expect(events.at(-1)).toEqual({ ...noted, cursor: events.at(-1)?.cursor, total: new Decimal('119') })
      expect(await test.store.lastCursor()).toBe(events.at(-1)?.cursor)
    })

    it('continues after a cursor, in pages, for a tenant and for operators', async () => {
      expect(await test.store.lastCursor()).toBe('0')
      await add('acme', 'finalized')
      await add('globex', 'finalized', 'sent')
      await add('acme', 'sent', 'paid')
      const all = await test.store.list(OPERATOR_SCOPE, { first: 10 })
      expect(all.map(({ cursor }) => Number(cursor))).toEqual([1, 2, 3, 4, 5])
      const [first] = await test.store.list(tenantScope('acme'), { first: 1 })
      expect(await kinds('acme', first?.cursor)).toEqual(['sent', 'paid'])
      expect(await kinds('acme', undefined, 2)).toEqual(['finalized', 'sent'])
      expect(await kinds('globex')).toEqual(['finalized', 'sent'])
    })

    it('adds that an invoice is overdue once, and once more after it was paid and is not paid any more', async () => {
      await add('acme', 'overdue')
      await add('acme', 'overdue', 'reminder_sent', 'reminder_sent')
      await test.transaction('acme', async transaction => expect(await test.store.add(transaction, [{ ...EVENT, kind: 'overdue' }])).toBe(0))
      await add('acme', 'paid')
      await add('acme', 'payment_reversed')
      await add('acme', 'overdue')
      await add('acme', 'overdue')
      await add('globex', 'overdue')
      expect(await kinds('acme')).toEqual(['overdue', 'reminder_sent', 'reminder_sent', 'paid', 'payment_reversed', 'overdue'])
      expect(await kinds('globex')).toEqual(['overdue'])
    })

    it('adds that an invoice is overdue once if two find it out at the same time', async () => {
      let later: Promise<unknown> = Promise.resolve()
      await test.transaction('acme', async transaction => {
        await test.store.add(transaction, [{ ...EVENT, kind: 'overdue' }])
        later = add('acme', 'overdue')
        // Time for it to arrive at the database.
        for (let trip = 0; trip < 10; trip += 1) await test.store.lastCursor()
      })
      await later
      expect(await kinds('acme')).toEqual(['overdue'])
    })
  })
}
