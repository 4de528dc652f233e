import { countingIds, Decimal, Temporal } from '@tollgate/kernel'
import { beforeEach, describe, expect, it } from 'vitest'
import { memoryBillingRuns, memoryBillingSettings, memoryExchangeRates, memoryInvoiceStore } from '../memory/index.ts'
import { billingPlanOf } from '../testing/builders/billing-plan.ts'
import { type BillingSetup, billingSetup } from '../testing/builders/billing-setup.ts'
import { subscriptionOf } from '../testing/builders/subscription.ts'
import type { BillingRunStore } from './billing-run-store.ts'
import { type BillingRuns, createBillingRuns } from './create-billing-runs.ts'

const plan = billingPlanOf({ name: 'usage', recurringFee: new Decimal(0) })
const through = Temporal.Instant.from('2026-02-01T00:00:00Z')

let setup: BillingSetup
let store: BillingRunStore
let runs: BillingRuns
const queued: string[] = []

beforeEach(async () => {
  const subscriptions = ['acme', 'globex', 'initech'].map((tenantId, i) => ({
    subscription: subscriptionOf([{ from: '2026-01-01T00:00:00Z', plan }], { tenantId, id: `01900000-0000-7000-8000-00000000000${i}` }),
    plans: [plan],
  }))
  setup = await billingSetup({ store: memoryInvoiceStore(), settings: memoryBillingSettings(), rates: memoryExchangeRates() }, subscriptions)
  for (const tenantId of ['acme', 'globex', 'initech']) setup.usage.push({ tenantId, at: '2026-01-10T00:00:00Z', charge: '10' })
  store = memoryBillingRuns()
  queued.length = 0
  runs = createBillingRuns({ billing: setup.dependencies, store, ids: countingIds(), enqueue: async id => void queued.push(id) })
})

describe('a billing run that is stored', () => {
  it('is queued once for callers that bill the same, and knows what it did', async () => {
    const [one, other] = [await runs.start({ through }), await runs.start({ through })]
    expect([other.id, queued, one.state]).toEqual([one.id, [one.id, one.id], 'queued'])
    expect(await runs.work(one.id)).toMatchObject({ state: 'completed', total: 3, tenants: 3, invoices: 3, failures: 0, lastTenantId: 'initech' })
    expect(await runs.work(one.id)).toBeUndefined()
    expect((await runs.start({ through })).id).not.toBe(one.id)
  })

  it('continues after the last tenants that a killed process has done', async () => {
    const { id } = await runs.start({ through })
    const killed = { id, claim: 'killed' }
    await store.claim(killed, { total: 3, at: through })
    await setup.billing.run({ through, tenantIds: ['acme'] })
    await store.advance(killed, { tenants: 1, invoices: 1, drafts: 0, failures: 0, lastTenantId: 'acme', failed: [] }, through)
    // Billed before the process was killed, and not yet recorded.
    await setup.billing.run({ through, tenantIds: ['globex'] })
    expect(await runs.work(id)).toMatchObject({ state: 'completed', tenants: 3, invoices: 2, lastTenantId: 'initech' })
    expect((await setup.billing.invoices({ kind: 'operator' }, {})).items).toHaveLength(3)
  })

  it('is interrupted by a signal, and ends when another process has claimed it', async () => {
    const { id } = await runs.start({ through })
    expect(await runs.work(id, { signal: AbortSignal.abort() })).toMatchObject({ state: 'interrupted', tenants: 0, finishedAt: null })
    const { advance } = store
    store.advance = async (claim, step, at) => {
      await store.claim({ id, claim: 'other' }, { total: 3, at })
      return advance(claim, step, at)
    }
    expect(await runs.work(id)).toMatchObject({ state: 'running', tenants: 0 })
  })

  it('keeps why tenants could not be billed', async () => {
    await setup.settings.saveSettings({ ...(await setup.billing.settings()), seller: null })
    const { run } = await runs.run({ through, tenantIds: ['initech', 'acme', 'acme'] })
    expect(run).toMatchObject({ state: 'completed', total: 2, failures: 2, tenantIds: ['acme', 'initech'] })
    expect((await runs.failures(run.id, {})).items.map(({ tenantId, code }) => [tenantId, code])).toEqual([
      ['acme', 'SELLER_MISSING'],
      ['initech', 'SELLER_MISSING'],
    ])
  })
})
