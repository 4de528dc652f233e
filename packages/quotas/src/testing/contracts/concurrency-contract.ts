import { describe, expect, it } from 'vitest'
import type { QuotaStore } from '../../quota-store.ts'
import { raceAtLimit, raceAtWindowEnd, raceOverCounters } from './races.ts'
import { atOnce, quotasOver } from '../builders/quotas-over.ts'

/** Many callers of one store at once. */
export function concurrencyContract(store: () => QuotaStore): void {
  describe('64 callers at once', () => {
    it('are admitted exactly up to the limit', () => raceAtLimit([store()]))
    it('of whole sets of counters are admitted entirely or not at all', () => raceOverCounters([store()]))
    it('across the end of a window are admitted exactly up to the limit of each', () => raceAtWindowEnd([store()]))

    it('that settle for less leave exactly what they did not use', async () => {
      const { quotas, tenantId } = quotasOver(store(), { metric: 'tokens', window: 'day', limit: '6400' })
      const decisions = await atOnce(64, () => quotas.reserve({ tenantId, requests: [{ metric: 'tokens', amount: '100' }] }))
      expect(decisions.every(({ allowed }) => allowed)).toBe(true)
      await atOnce(64, async i => {
        const reservationId = decisions[i]?.reservation?.id ?? ''
        if (i % 2 === 0) await quotas.settle({ reservationId, actual: [{ metric: 'tokens', amount: '30' }] })
        else await quotas.release({ reservationId })
      })
      const [standing] = (await quotas.status({ tenantId })).quotas
      expect([standing?.used.toFixed(), standing?.reserved.toFixed()]).toEqual(['960', '0'])
    })
  })
}
