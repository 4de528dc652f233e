import { settableClock, tenantScope } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import { createQuotas } from '../../create-quotas.ts'
import { ReservationNotFound } from '../../model/errors.ts'
import type { QuotaStore } from '../../quota-store.ts'
import { newTenant, quotasOver } from '../builders/quotas-over.ts'

const DAILY = { metric: 'tokens', window: 'day', limit: '100' } as const
const tokens = (amount: string) => [{ metric: 'tokens', amount }] as const

/** The sweep removes only old data. The clock is set to long ago, because the store is shared and the counters of other tests must stay. */
export function sweepContract(store: () => QuotaStore): void {
  describe('the sweep', () => {
    const longAgo = () => {
      const clock = settableClock('2020-01-01T12:00:00Z')
      const retention = { countersDays: 10, reservationsDays: 2, alertsDays: 5 }
      return { clock, tenantId: newTenant(), quotas: createQuotas({ store: store(), policies: [DAILY], clock, retention }) }
    }

    it('removes counters, reservations and alerts after the days of the retention, and not before', async () => {
      const { quotas, clock, tenantId } = longAgo()
      const { reservation } = await quotas.reserve({ tenantId, requests: tokens('60') })
      await quotas.settle({ reservationId: reservation?.id ?? '' })
      const kept = async () => ({
        windows: (await quotas.history({ tenantId, ...DAILY })).items.length,
        alerts: (await quotas.alerts(tenantScope(tenantId), { first: 10 })).length,
        reservation: await store()
          .reservation(tenantScope(tenantId), reservation?.id ?? '')
          .then(found => found !== undefined),
      })
      const seen = []
      for (const at of ['2020-01-03T12:00:59Z', '2020-01-03T12:01:01Z', '2020-01-06T12:00:01Z', '2020-01-11T23:59:59Z', '2020-01-12T00:00:01Z']) {
        clock.set(at)
        await quotas.sweep()
        seen.push(await kept())
      }
      expect(seen).toEqual([
        { windows: 1, alerts: 1, reservation: true },
        { windows: 1, alerts: 1, reservation: false },
        { windows: 1, alerts: 0, reservation: false },
        { windows: 1, alerts: 0, reservation: false },
        { windows: 0, alerts: 0, reservation: false },
      ])
      await expect(createQuotas({ store: store(), policies: [DAILY], clock }).settle({ reservationId: reservation?.id ?? '' })).rejects.toThrow(
        ReservationNotFound,
      )
    })

    it('keeps extended reservations, and usage is counted in a new counter after a sweep', async () => {
      const { quotas, clock, tenantId } = longAgo()
      const { reservation } = await quotas.reserve({ tenantId, requests: tokens('60'), ttlSeconds: 3_600 })
      const reservationId = reservation?.id ?? ''
      for (let hours = 0; hours < 72; hours++) {
        clock.advance({ minutes: 59 })
        await quotas.extend({ reservationId, ttlSeconds: 3_600 })
      }
      await quotas.sweep()
      await quotas.release({ reservationId })
      const late = { tenantId, requests: tokens('5'), at: clock.now() }
      await quotas.consume(late)
      clock.set('2020-01-31T12:00:00Z')
      await quotas.sweep()
      await quotas.consume(late)
      expect((await quotas.history({ tenantId, ...DAILY })).items.map(({ used }) => used.toFixed())).toEqual(['5'])
    })

    it('removes sliding counters that no longer count anything, and no others', async () => {
      const policies = [{ ...DAILY, window: 'hour', sliding: true, scope: ['customer'] }] as const
      const { quotas, clock, tenantId } = quotasOver(store(), ...policies)
      const use = (customer: string) => quotas.enforce({ tenantId, requests: tokens('60'), dimensions: { customer }, consume: true })
      await use('a')
      await use('b')
      clock.advance({ minutes: 45 })
      await use('a')
      await use('b')
      await quotas.sweep()
      expect((await quotas.usage({ tenantId })).items.map(({ used }) => used.toFixed())).toEqual(['60', '60'])
      clock.advance({ hours: 5 })
      await quotas.sweep()
      expect((await use('a')).allowed).toBe(true)
      expect((await quotas.usage({ tenantId })).items.map(({ used }) => used.toFixed())).toEqual(['60'])
    })
  })
}
