import { settableClock } from '@tollgate/kernel'
import { createQuotas } from '@tollgate/quotas'
import { memoryQuotaStore } from '@tollgate/quotas/memory'
import { expect, it } from 'vitest'
import { quotaSweep } from './jobs.ts'

it('sweeps until nothing is left', async () => {
  const clock = settableClock('2026-11-20T12:00:00Z')
  const quotas = createQuotas({ store: memoryQuotaStore(), policies: [{ metric: 'tokens', window: 'day', limit: null }], clock })
  for (let i = 0; i < 2_500; i++) await quotas.reserve({ tenantId: 't', requests: [{ metric: 'tokens', amount: '1' }] })
  clock.advance({ minutes: 2 })
  await quotaSweep(quotas).run(null, new AbortController().signal)
  expect(await quotas.sweep()).toBe(0)
})

it('stops after the current sweep when the server stops', async () => {
  const stopping = new AbortController()
  let swept = 0
  const sweep = async () => {
    swept += 1
    stopping.abort()
    return 1_000
  }
  await quotaSweep({ sweep }).run(null, stopping.signal)
  expect(swept).toBe(1)
})
