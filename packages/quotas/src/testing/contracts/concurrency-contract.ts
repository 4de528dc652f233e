import { describe, expect, it } from 'vitest'
import type { QuotaStore } from '../../quota-store.ts'
import { raceAtLimit, raceAtWindowEnd, raceOverCounters } from './races.ts'
import { atOnce, quotasOver } from '../builders/quotas-over.ts'

/** Concurrent callers of one store are decided exactly. */
export function concurrencyContract(store: () => QuotaStore): void {
  describe('64 concurrent callers', () => {
    it('are admitted exactly up to the limit', () => raceAtLimit([store()]))
    it('are admitted by all of their counters or none', () => raceOverCounters([store()]))
    it('are admitted exactly up to the limit of each window when one ends', () => raceAtWindowEnd([store()]))

    it('that settle for less free exactly what they did not use', async () => {
      const { quotas, tenantId } = quotasOver(store(), { metric: 'tokens', window: 'day', limit: '6400' })
      const decisions = await atOnce(64, () => quotas.reserve({ tenantId, requests: [{ metric: 'tokens', amount: '100' }] }))
      expect(decisions.every(({ allowed }) => allowed)).toBe(true)
      await atOnce(64, async i => {
        const reservationId = decisions[i]?.reservation?.id ?? ''
        if (i % 2 === 0) await quotas.settle({ reservationId, actual: [{ metric: 'tokens', amount: '30' }] })
        else await quotas.release({ reservationId })
      })
      const [quota] = (await quotas.status({ tenantId })).quotas
      expect([quota?.used.toFixed(), quota?.reserved.toFixed()]).toEqual(['960', '0'])
    })
  })
}
