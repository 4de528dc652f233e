import { Decimal, OPERATOR_SCOPE, Temporal, tenantScope } from '@tollgate/kernel'
import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeInvoiceEventStore } from '../../testing/index.ts'
import { postgresInvoiceEvents } from '../index.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase()
})
afterAll(() => test.drop())

async function empty() {
  await test.asOwner('truncate invoicing.invoice_events, invoicing.invoice_event_heads')
  await test.asOwner('update invoicing.invoice_event_position set last = 0')
  return postgresInvoiceEvents({ database: test.database })
}

describeInvoiceEventStore('PostgreSQL', async () => ({
  store: await empty(),
  transaction: (tenantId, work) => test.database.transaction(tenantScope(tenantId), work),
}))

it('a reader misses no event of a transaction that commits after a later one of another tenant', async () => {
  const store = await empty()
  const event = {
    invoiceId: '01900000-0000-7000-8000-000000000001',
    kind: 'paid' as const,
    occurredAt: Temporal.Instant.from('2026-11-20T12:00:00Z'),
    number: null,
    currency: 'EUR',
    total: new Decimal(1),
    amountPaid: new Decimal(1),
    creditNoteId: null,
    amount: null,
  }
  let seen: readonly string[] = []
  await test.database.transaction(tenantScope('acme'), async transaction => {
    await store.add(transaction, [{ ...event, tenantId: 'acme' }])
    await test.database.transaction(tenantScope('globex'), other => store.add(other, [{ ...event, tenantId: 'globex' }]))
    seen = (await store.list(OPERATOR_SCOPE, { first: 10 })).map(({ cursor }) => cursor)
  })
  expect(seen).toHaveLength(1)
  expect((await store.list(OPERATOR_SCOPE, { first: 10, after: seen[0] })).map(({ tenantId }) => tenantId)).toEqual(['acme'])
})
