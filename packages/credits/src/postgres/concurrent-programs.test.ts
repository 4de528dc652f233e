import { countingIds, Decimal, randomIds, settableClock, Temporal, tenantScope, ZERO } from '@tollgate/kernel'
import { openDatabase, type PostgresDatabase } from '@tollgate/postgres'
import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCredits } from '../create-credits.ts'
import type { UsageToDebit } from '../debit-usage.ts'
import { debitUsages } from '../testing/builders/wallets.ts'
import { postgresCreditStore } from './index.ts'

const START = '2026-03-31T23:00:00Z'
const PROGRAMS = 3
const CALLERS = 64

let test: TestDatabase
let databases: PostgresDatabase[]
beforeAll(async () => {
  test = await createTestDatabase()
  databases = await Promise.all(Array.from({ length: PROGRAMS }, () => openDatabase({ ...test.access, poolSize: 5 })))
})
afterAll(async () => {
  await Promise.all(databases.map(database => database.close()))
  await test.drop()
})

/** Starts programs over the same database, each with its own connections and its own clock. */
function startPrograms() {
  const ids = randomIds()
  return databases.map(database => {
    const clock = settableClock(START)
    return { database, clock, credits: createCredits({ store: postgresCreditStore({ database, ids }), clock, ids }) }
  })
}

const { uuidV7 } = countingIds()

/** Returns usage of a customer that costs an amount. */
function usageOf(tenantId: string, customerId: string | null, amount: string): UsageToDebit {
  const [occurredAt, eventId] = [Temporal.Instant.from(START), uuidV7(Temporal.Instant.from(START).epochMilliseconds)]
  const none = { provider: null, model: null, tokens: null, quantity: null, cost: null, description: null, resourceType: null, resourceId: null }
  return { ...none, tenantId, customerId, eventId, occurredAt, operation: 'chat', credits: new Decimal(amount), reservationId: null }
}

/** Returns the sum of what was debited and not given back, of all entries. */
async function consumed(tenantId: string): Promise<string> {
  const [row] = await test.asOwner<{ sum: string | null }>('select sum(consumed)::text as sum from credits.entries where tenant_id = $1', [tenantId])
  return new Decimal(row?.sum ?? 0).toFixed()
}

describe('callers of several programs', () => {
  it('never spend more than there is while grants expire and a period ends, and lose nothing', async () => {
    const programs = startPrograms()
    const owner = { tenantId: 'expiring' }
    const [one] = programs
    if (one === undefined) throw new Error('There is no program.')
    await one.credits.grant({ ...owner, amount: '10', idempotencyKey: 'hour', expiresAt: Temporal.Instant.from('2026-03-31T23:30:00Z') })
    await one.credits.setAllowance({ ...owner, id: 'plan', amount: '10', rollover: { kind: 'up_to_amount', max: '3' } })
    let spent = ZERO
    const held: string[] = []
    await Promise.all(
      Array.from({ length: CALLERS }, async (_, i) => {
        const program = programs[i % PROGRAMS] ?? one
        // The first clock stays, the second passes the expiry, the third the end of the period.
        if (i === CALLERS / 2) for (const [hours, { clock }] of programs.entries()) clock.advance({ hours })
        if (i % 2 === 0) {
          const { allowed } = await program.credits.spend({ ...owner, amount: '0.5' })
          if (allowed) spent = spent.plus('0.5')
        } else {
          const { reservation } = await program.credits.reserve({ ...owner, amount: '0.5', ttlSeconds: 86_400 })
          if (reservation !== null) held.push(reservation.id)
        }
      }),
    )
    for (const { clock } of programs) clock.advance({ hours: 3 })
    const status = await one.credits.wallet(owner)
    expect(status?.wallet.balances.available.gte(0)).toBe(true)
    expect(status?.wallet.balances.reserved.toFixed()).toBe(new Decimal(held.length).div(2).toFixed())
    await Promise.all(held.map(async (reservationId, i) => programs[i % PROGRAMS]?.credits.settle({ tenantId: owner.tenantId, reservationId, amount: '0.25' })))
    expect(await consumed(owner.tenantId)).toBe(spent.plus(new Decimal(held.length).div(4)).toFixed())
    expect((await one.credits.wallet(owner))?.wallet.balances.available.gte(0)).toBe(true)
    expect((await one.credits.verify(owner.tenantId)).differences).toEqual([])
  })

  it('lock many wallets in any order without a deadlock, and every debit is recorded', async () => {
    const programs = startPrograms()
    const tenantId = 'many'
    const customers = Array.from({ length: 12 }, (_, i) => `customer-${i}`)
    const [one] = programs
    if (one === undefined) throw new Error('There is no program.')
    for (const customerId of customers) await one.credits.grant({ tenantId, customerId, amount: '5', idempotencyKey: customerId })
    await Promise.all(
      Array.from({ length: 24 }, async (_, i) => {
        const { credits, database } = programs[i % PROGRAMS] ?? one
        const order = i % 2 === 0 ? customers : customers.toReversed()
        const [from = '', to = ''] = order.slice(i % 11)
        // Not tried again: a deadlock would reject.
        await database.transaction(tenantScope(tenantId), within =>
          debitUsages(
            credits,
            within,
            order.map(customerId => usageOf(tenantId, customerId, '0.5')),
          ),
        )
        await credits.transfer({ tenantId, fromCustomerId: from, toCustomerId: to, amount: '0.001', idempotencyKey: `transfer-${i}` }).catch(() => {})
      }),
    )
    // 24 batches of 12 debits, beyond what was granted.
    expect(await consumed(tenantId)).toBe('144')
    expect((await one.credits.verify(tenantId)).differences).toEqual([])
  })
})

it('a transaction whose connection is lost debits nothing, and debits once when it is repeated', async () => {
  const [one] = startPrograms()
  if (one === undefined) throw new Error('There is no program.')
  const tenantId = 'killed'
  await one.credits.grant({ tenantId, amount: '10', idempotencyKey: 'order' })
  const usages = [usageOf(tenantId, null, '1'), usageOf(tenantId, null, '2')]
  const attempt = (isKilled: boolean) =>
    one.database.transaction(tenantScope(tenantId), async within => {
      await debitUsages(one.credits, within, usages)
      const [backend] = await within.query<{ pid: number }>('select pg_backend_pid() as pid')
      if (isKilled) await test.asOwner('select pg_terminate_backend($1)', [backend?.pid])
    })
  await expect(attempt(true)).rejects.toThrow()
  expect(await consumed(tenantId)).toBe('0')
  await attempt(false)
  expect(await consumed(tenantId)).toBe('3')
  expect((await one.credits.wallet({ tenantId }))?.wallet.balances.available.toFixed()).toBe('7')
  expect((await one.credits.verify(tenantId)).differences).toEqual([])
})
