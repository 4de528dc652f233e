import { countingIds, customerScope, type Scope, settableClock, Temporal, tenantScope } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/postgres'
import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createCredits } from '../create-credits.ts'
import type { CreditStoreSetup } from '../testing/builders/credit-store-setup.ts'
import { describeCreditStore } from '../testing/index.ts'
import { compareWithMemory } from '../testing/reference/compare-ledgers.ts'
import { ledgerStep } from '../testing/reference/ledger-step.ts'
import { postgresCreditStore } from './index.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase()
})
afterAll(() => test.drop())

const setup: CreditStoreSetup = {
  make: async ids => {
    await test.asOwner(
      'truncate credits.wallets, credits.grants, credits.allowances, credits.reservations, credits.entries, credits.keys, credits.debit_rules, credits.alert_heads, credits.alerts, credits.costs, credits.verifications, credits.top_ups',
    )
    await test.asOwner('update credits.alert_position set last = 0')
    return postgresCreditStore({ database: test.database, ids })
  },
  transaction: (tenantId, work) => test.database.transaction(tenantScope(tenantId), work),
}

describeCreditStore('PostgreSQL', setup)

it('any sequence of commands stores in PostgreSQL what it stores in memory, as the reference says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(ledgerStep, { maxLength: 30, minLength: 20, size: 'max' }), steps => compareWithMemory(setup, steps)),
    { numRuns: 5, endOnFailure: true },
  )
})

it('reads the wallet of a customer in the scope of that customer, so that row-level security hides every other wallet', async () => {
  const ids = countingIds()
  const clock = settableClock('2026-03-10T12:00:00Z')
  const ana = { tenantId: 'acme', customerId: 'ana' }
  const writing = createCredits({ store: await setup.make(ids), clock, ids })
  await writing.grant({ ...ana, amount: '10', idempotencyKey: 'ana' })
  await writing.spend({ ...ana, amount: '4' })
  const scopes = new Set<string>()
  const noted = (scope: Scope): Scope => {
    scopes.add(JSON.stringify(scope))
    return scope
  }
  const database: PostgresDatabase = {
    ...test.database,
    query: (scope, ...rest) => test.database.query(noted(scope), ...rest),
    transaction: (scope, work) => test.database.transaction(noted(scope), work),
  }
  const { wallet, entries, balanceAt, consumedBefore, burnDown } = createCredits({ store: postgresCreditStore({ database, ids }), clock, ids })
  clock.advance({ hours: 24 })
  const range = { from: Temporal.Instant.from('2026-03-10T00:00:00Z'), to: clock.now() }
  expect((await wallet(ana))?.balance.toFixed()).toBe('6')
  expect((await entries({ ...ana, range })).items).toHaveLength(2)
  expect((await balanceAt(ana, clock.now()))?.toFixed()).toBe('6')
  expect((await consumedBefore(ana, clock.now())).toFixed()).toBe('4')
  expect((await burnDown(ana, { range, timeZone: 'UTC' })).map(({ consumed }) => consumed.toFixed())).toEqual(['4', '0'])
  expect([...scopes]).toEqual([JSON.stringify(customerScope('acme', 'ana'))])
})

it('finds a ledger that something else has changed, names each difference, and counts the wallets that differ until they are mended', async () => {
  const ids = countingIds()
  const clock = settableClock('2026-03-10T12:00:00Z')
  const credits = createCredits({ store: await setup.make(ids), clock, ids })
  for (const tenantId of ['acme', 'globex', 'zoo']) {
    await credits.grant({ tenantId, amount: '10', idempotencyKey: 'order' })
    for (let i = 0; i < 3; i++) await credits.spend({ tenantId, amount: '1' })
  }
  await test.asOwner("update credits.entries set available = -2, consumed = 2 where tenant_id = 'acme' and sequence = 2")
  await test.asOwner("update credits.entries set sequence = 5 where tenant_id = 'globex' and sequence = 3")
  const verify = async () => {
    const found: string[] = []
    await credits.verifyDue({ onDifference: ({ tenantId, message }) => found.push(`${tenantId}: ${message}`) })
    return found
  }
  expect(await verify()).toEqual([
    'acme: Entry 2 does not follow from the one before it: its balance, consumption or time was changed.',
    'acme: The account available has a balance of 7, and its entries add up to 6.',
    'acme: The account consumed has a balance of 3, and its entries add up to 4.',
    'globex: Entry 3 is missing.',
    'globex: The account available has a balance of 7, and its entries add up to 8.',
    'globex: The account consumed has a balance of 3, and its entries add up to 2.',
  ])
  expect([await verify(), await credits.differingWallets()]).toEqual([[], 2])
  await test.asOwner("update credits.entries set sequence = 3 where tenant_id = 'globex' and sequence = 5")
  clock.advance({ hours: 25 })
  expect([(await verify()).length, await credits.differingWallets()]).toEqual([3, 1])
})

it.each([
  { change: 'balance_after = 100', of: 2 },
  { change: 'balance_after = 100', of: 1 },
  { change: 'consumed_after = 100', of: 3 },
  { change: "recorded_at = recorded_at + interval '1 hour'", of: 2 },
])('finds that $change of entry $of was changed, from which balances of the past are read', async ({ change, of }) => {
  const ids = countingIds()
  const credits = createCredits({ store: await setup.make(ids), clock: settableClock('2026-03-10T12:00:00Z'), ids })
  await credits.grant({ tenantId: 'acme', amount: '10', idempotencyKey: 'order' })
  for (let i = 0; i < 3; i++) await credits.spend({ tenantId: 'acme', amount: '1' })
  expect((await credits.verify('acme')).valid).toBe(true)
  await test.asOwner(`update credits.entries set ${change} where tenant_id = 'acme' and sequence = ${of}`)
  const found = change.startsWith('recorded_at') ? of + 1 : of
  expect((await credits.verify('acme')).differences).toEqual([
    expect.objectContaining({ sequence: found, message: expect.stringContaining('does not follow') }),
  ])
})

it('reads wallets that were written before there were top-ups, and tops them up once their terms ask for it', async () => {
  const ids = countingIds()
  const credits = createCredits({ store: await setup.make(ids), clock: settableClock('2026-03-10T12:00:00Z'), ids })
  await credits.grant({ tenantId: 'acme', amount: '10', idempotencyKey: 'order' })
  await test.asOwner("update credits.wallets set terms = terms - 'topUp'")
  await credits.spend({ tenantId: 'acme', amount: '9' })
  expect((await credits.wallet({ tenantId: 'acme' }))?.wallet.terms.topUp).toBeNull()
  await credits.setTerms({ tenantId: 'acme', topUp: { threshold: '1', amount: '5', maxPerMonth: '5' } })
  expect((await credits.alerts(tenantScope('acme'), {})).items.map(({ kind }) => kind)).toEqual(['top_up_requested'])
})
