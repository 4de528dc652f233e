import { OPERATOR_SCOPE, tenantScope } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import { createQuotas } from '../../create-quotas.ts'
import { ReservationClosed, ReservationNotFound } from '../../model/errors.ts'
import type { QuotaStore } from '../../quota-store.ts'
import type { QuotaRequest } from '../../model/decisions/question.ts'
import type { Quotas } from '../../quotas.ts'
import { quotasOver } from '../builders/quotas-over.ts'

const tokens = (amount: string): QuotaRequest => ({ metric: 'tokens', amount })

/** Reservations hold headroom until they are settled, released or expired. */
export function reservationContract(store: () => QuotaStore): void {
  describe('reservations', () => {
    const daily = () => quotasOver(store(), { metric: 'tokens', window: 'day', limit: '100' })
    const held = async (quotas: Quotas, tenantId: string, amount: string, ttlSeconds?: number) => {
      const decision = await quotas.reserve({ tenantId, requests: [tokens(amount)], ttlSeconds })
      if (!decision.allowed) throw new Error(`${amount} tokens were refused`)
      return decision.reservation
    }
    const counts = async (quotas: Quotas, tenantId: string) => {
      const [one] = (await quotas.status({ tenantId })).quotas
      return `${one?.used.toFixed()} used, ${one?.reserved.toFixed()} held`
    }

    it('reject invalid actual amounts, and stay open', async () => {
      const { quotas, tenantId } = quotasOver(store(), { metric: 'tokens', window: 'day', limit: '100' })
      const { reservation } = await quotas.reserve({ tenantId, requests: [tokens('10')] })
      const reservationId = reservation?.id ?? ''
      await expect(quotas.settle({ reservationId, actual: [tokens('-1')] })).rejects.toMatchObject({ issues: [{ path: 'actual.0.amount' }] })
      await expect(quotas.settle({ reservationId, actual: [] })).rejects.toMatchObject({ issues: [{ path: 'actual' }] })
      await quotas.settle({ reservationId, actual: [tokens('3')] })
      expect((await quotas.status({ tenantId })).quotas[0]?.used.toFixed()).toBe('3')
    })

    it('can be read by callers whose scope includes them', async () => {
      const { quotas, tenantId, clock } = daily()
      const { id, expiresAt } = await held(quotas, tenantId, '60', 10)
      const released = await held(quotas, tenantId, '1')
      await quotas.release({ reservationId: released.id })
      const settled = await held(quotas, tenantId, '2')
      await quotas.consume({ tenantId, requests: [tokens('1')], reservationId: settled.id })
      const ids = [id, released.id, settled.id, 'none', '01900000-0000-7000-8000-000000000000']
      const states = async () => Object.fromEntries((await quotas.reservations(OPERATOR_SCOPE, ids)).map(one => [one.id, one.state]))
      expect(await states()).toEqual({ [id]: 'held', [released.id]: 'released', [settled.id]: 'settled' })
      const [seen] = await quotas.reservations(tenantScope(tenantId), [id, id])
      expect(seen).toMatchObject({ id, tenantId, requests: [{ metric: 'tokens', operation: null }], madeAt: clock.now(), expiresAt })
      expect(await quotas.reservations(tenantScope('another'), ids)).toEqual([])
      clock.set(expiresAt)
      expect(await states()).toMatchObject({ [id]: 'expired' })
    })

    it('hold amounts that others cannot take', async () => {
      const { quotas, tenantId } = daily()
      await held(quotas, tenantId, '60')
      expect((await quotas.reserve({ tenantId, requests: [tokens('41')] })).allowed).toBe(false)
      expect((await quotas.reserve({ tenantId, requests: [tokens('40')] })).allowed).toBe(true)
      expect(await counts(quotas, tenantId)).toBe('0 used, 100 held')
    })

    it.each([
      ['less than held', '31', '31 used, 0 held'],
      ['as much as held', '50', '50 used, 0 held'],
      ['more than held, and more than there was', '130', '130 used, 0 held'],
      ['nothing', '0', '0 used, 0 held'],
    ])('are settled with %s', async (_, actual, after) => {
      const { quotas, tenantId } = daily()
      const { id } = await held(quotas, tenantId, '50')
      await quotas.settle({ reservationId: id, actual: [tokens(actual)] })
      expect(await counts(quotas, tenantId)).toBe(after)
    })

    it('are settled with the reserved amounts by default', async () => {
      const { quotas, tenantId } = daily()
      const { id } = await held(quotas, tenantId, '50')
      await quotas.settle({ reservationId: id })
      expect(await counts(quotas, tenantId)).toBe('50 used, 0 held')
    })

    it('are settled once, however often a settlement is sent', async () => {
      const { quotas, tenantId } = daily()
      const { id } = await held(quotas, tenantId, '50')
      await Promise.all([1, 2, 3].map(() => quotas.settle({ reservationId: id, actual: [tokens('20')] })))
      expect(await counts(quotas, tenantId)).toBe('20 used, 0 held')
      await expect(quotas.release({ reservationId: id })).rejects.toThrow(ReservationClosed)
      await expect(quotas.extend({ reservationId: id, ttlSeconds: 60 })).rejects.toThrow(ReservationClosed)
    })

    it('free their amounts when released, even twice, and cannot be settled afterwards', async () => {
      const { quotas, tenantId } = daily()
      const { id } = await held(quotas, tenantId, '50')
      await quotas.release({ reservationId: id })
      await quotas.release({ reservationId: id })
      expect(await counts(quotas, tenantId)).toBe('0 used, 0 held')
      await expect(quotas.settle({ reservationId: id, actual: [tokens('20')] })).rejects.toThrow(ReservationClosed)
      expect(await counts(quotas, tenantId)).toBe('0 used, 0 held')
    })

    it('stop counting in the millisecond in which they expire, without a sweep', async () => {
      const { quotas, clock, tenantId } = daily()
      const { expiresAt } = await held(quotas, tenantId, '100', 30)
      const fits = async () => (await quotas.enforce({ tenantId, requests: [tokens('100')] })).allowed
      clock.set(expiresAt.subtract({ milliseconds: 1 }))
      expect([await fits(), await counts(quotas, tenantId)]).toEqual([false, '0 used, 100 held'])
      clock.set(expiresAt)
      expect([await fits(), await counts(quotas, tenantId)]).toEqual([true, '0 used, 0 held'])
      expect((await quotas.reserve({ tenantId, requests: [tokens('100')] })).allowed).toBe(true)
      expect(await counts(quotas, tenantId)).toBe('0 used, 100 held')
    })

    it('can be settled after they expired', async () => {
      const { quotas, clock, tenantId } = daily()
      const { id } = await held(quotas, tenantId, '60', 1)
      clock.advance({ seconds: 5 })
      await held(quotas, tenantId, '90')
      await expect(quotas.extend({ reservationId: id, ttlSeconds: 60 })).rejects.toThrow(ReservationClosed)
      await quotas.settle({ reservationId: id, actual: [tokens('60')] })
      expect(await counts(quotas, tenantId)).toBe('60 used, 90 held')
    })

    it('hold longer when extended, never shorter', async () => {
      const { quotas, clock, tenantId } = daily()
      const { id, expiresAt } = await held(quotas, tenantId, '60', 30)
      expect((await quotas.extend({ reservationId: id, ttlSeconds: 1 })).expiresAt.toString()).toBe(expiresAt.toString())
      clock.advance({ seconds: 20 })
      await quotas.extend({ reservationId: id, ttlSeconds: 30 })
      clock.advance({ seconds: 20 })
      expect(await counts(quotas, tenantId)).toBe('0 used, 60 held')
      clock.advance({ seconds: 10 })
      expect(await counts(quotas, tenantId)).toBe('0 used, 0 held')
    })

    it('are settled in the window in which they were made', async () => {
      const { quotas, clock, tenantId } = daily()
      clock.set('2026-11-20T23:59:50Z')
      const { id } = await held(quotas, tenantId, '60')
      clock.set('2026-11-21T00:00:10Z')
      expect(await counts(quotas, tenantId)).toBe('0 used, 0 held')
      await quotas.settle({ reservationId: id, actual: [tokens('70')] })
      expect(await counts(quotas, tenantId)).toBe('0 used, 0 held')
      clock.set('2026-11-20T23:59:59Z')
      expect(await counts(quotas, tenantId)).toBe('70 used, 0 held')
    })

    it('are settled by usage that names them, which counts in the window of its own time; further usage counts too', async () => {
      const { quotas, clock, tenantId } = daily()
      clock.set('2026-11-20T23:59:50Z')
      const { id } = await held(quotas, tenantId, '60')
      clock.set('2026-11-21T00:00:10Z')
      await quotas.consume({ tenantId, requests: [tokens('70')], reservationId: id })
      await quotas.consume({ tenantId, requests: [tokens('5')], reservationId: id })
      expect(await counts(quotas, tenantId)).toBe('75 used, 0 held')
      clock.set('2026-11-20T23:59:59Z')
      expect(await counts(quotas, tenantId)).toBe('0 used, 0 held')
      await expect(quotas.release({ reservationId: id })).rejects.toThrow(ReservationClosed)
    })

    it('of another tenant are not settled by usage that names them', async () => {
      const { quotas, tenantId } = daily()
      const { id } = await held(quotas, tenantId, '60')
      await quotas.consume({ tenantId: `${tenantId}-other`, requests: [tokens('1')], reservationId: id })
      expect(await counts(quotas, tenantId)).toBe('0 used, 60 held')
    })

    it('can be settled, extended and released by another process', async () => {
      const { quotas, clock, tenantId } = daily()
      const elsewhere = createQuotas({ store: store(), policies: [{ metric: 'tokens', window: 'day', limit: '100' }], clock })
      const first = await held(quotas, tenantId, '30', 10)
      const second = await held(quotas, tenantId, '20')
      await elsewhere.extend({ reservationId: first.id, ttlSeconds: 60 })
      clock.advance({ seconds: 10 })
      expect(await counts(elsewhere, tenantId)).toBe('0 used, 50 held')
      await elsewhere.settle({ reservationId: first.id })
      await elsewhere.release({ reservationId: second.id })
      expect(await counts(quotas, tenantId)).toBe('30 used, 0 held')
      await quotas.settle({ reservationId: first.id })
      await expect(quotas.settle({ reservationId: second.id })).rejects.toThrow(ReservationClosed)
      expect(await counts(quotas, tenantId)).toBe('30 used, 0 held')
    })

    it('are visible in their scope only', async () => {
      const { quotas, tenantId } = daily()
      const { id } = await held(quotas, tenantId, '60')
      const input = { reservationId: id, scope: tenantScope(`${tenantId}-other`) }
      await expect(quotas.settle(input)).rejects.toThrow(ReservationNotFound)
      await expect(quotas.release(input)).rejects.toThrow(ReservationNotFound)
      await expect(quotas.extend({ ...input, ttlSeconds: 60 })).rejects.toThrow(ReservationNotFound)
      await quotas.release({ reservationId: id, scope: tenantScope(tenantId) })
    })

    it.each(['', 'nonsense', '01890000-0000-7000-8000-000000000000'])('that do not exist are an error that names them: %j', async reservationId => {
      await expect(daily().quotas.settle({ reservationId })).rejects.toThrow(ReservationNotFound)
    })

    it('hold at most the largestHold of the policy', async () => {
      const { quotas, tenantId } = quotasOver(store(), { metric: 'tokens', window: 'day', limit: '100', largestHold: '25' })
      const refused = await quotas.reserve({ tenantId, requests: [tokens('26')] })
      expect([refused.allowed, refused.results[0]?.refusal]).toEqual([false, 'hold_too_large'])
      await held(quotas, tenantId, '25')
      expect((await quotas.enforce({ tenantId, requests: [tokens('75')], consume: true })).allowed).toBe(true)
    })

    it('without any policy are stored too, and can be settled', async () => {
      const { quotas, tenantId } = quotasOver(store())
      const { id } = await held(quotas, tenantId, '60')
      await quotas.extend({ reservationId: id, ttlSeconds: 120 })
      await quotas.settle({ reservationId: id })
      await expect(quotas.release({ reservationId: id })).rejects.toThrow(ReservationClosed)
    })

    it('can be swept after they expired, which changes no count', async () => {
      const { quotas, clock, tenantId } = daily()
      await held(quotas, tenantId, '10', 1)
      await held(quotas, tenantId, '20', 60)
      clock.advance({ seconds: 1 })
      expect(await quotas.sweep()).toBeGreaterThanOrEqual(1)
      expect(await quotas.sweep()).toBe(0)
      expect(await counts(quotas, tenantId)).toBe('0 used, 20 held')
    })
  })
}
