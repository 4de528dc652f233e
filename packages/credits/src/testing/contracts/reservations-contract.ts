import { Temporal } from '@tollgate/kernel'
import { beforeEach, describe, expect, it } from 'vitest'
import { CreditReservationClosed, CreditReservationNotFound } from '../../model/errors.ts'
import { balances, type CreditsUnderTest, makeCredits } from '../builders/wallets.ts'
import type { CreditStoreSetup } from '../builders/credit-store-setup.ts'

/** What reservations must do. */
export function reservationsContract(setup: CreditStoreSetup): void {
  describe('reservations', () => {
    let test: CreditsUnderTest
    beforeEach(async () => {
      test = await makeCredits(setup)
      await test.credits.grant({ tenantId: 'acme', amount: '10', idempotencyKey: 'order-1' })
    })

    async function reserve(amount: string, ttlSeconds = 60): Promise<string> {
      const { reservation } = await test.credits.reserve({ tenantId: 'acme', amount, ttlSeconds })
      if (reservation === null) throw new Error('The reservation was refused.')
      return reservation.id
    }

    it.each([
      { actual: '3', left: '7' },
      { actual: '6', left: '4' },
      { actual: '12', left: '-2' },
      { actual: '0', left: '10' },
    ])('of 6 credits are settled with $actual', async ({ actual, left }) => {
      const reservationId = await reserve('6')
      expect(await balances(test.credits)).toBe('4 available, 6 reserved')
      const { entry } = await test.credits.settle({ tenantId: 'acme', reservationId, amount: actual, operation: 'chat_message' })
      expect(entry).toMatchObject({ kind: 'settle', operation: 'chat_message', reservationId })
      expect(await balances(test.credits)).toBe(`${left} available, 0 reserved`)
    })

    it('are settled once', async () => {
      const reservationId = await reserve('6')
      await test.credits.settle({ tenantId: 'acme', reservationId, amount: '6' })
      await expect(test.credits.settle({ tenantId: 'acme', reservationId, amount: '6' })).rejects.toThrow(CreditReservationClosed)
      await expect(test.credits.release({ tenantId: 'acme', reservationId })).rejects.toThrow(CreditReservationClosed)
      await expect(test.credits.settle({ tenantId: 'acme', reservationId: 'unknown', amount: '6' })).rejects.toThrow(CreditReservationNotFound)
    })

    it('hold nothing after they were released or have expired', async () => {
      const released = await reserve('6')
      await test.credits.release({ tenantId: 'acme', reservationId: released })
      await test.credits.release({ tenantId: 'acme', reservationId: released })
      await reserve('9', 60)
      test.clock.advance({ seconds: 60 })
      expect(await balances(test.credits)).toBe('10 available, 0 reserved')
      await reserve('10')
    })

    it('hold again under the same id after they ended without a debit, and not after they were settled', async () => {
      const again = (amount = '6') => test.credits.reserve({ tenantId: 'acme', amount, reservationId: 'job-1' })
      await again()
      await again()
      await test.credits.release({ tenantId: 'acme', reservationId: 'job-1' })
      expect((await again()).reservation?.state).toBe('open')
      expect(await balances(test.credits)).toBe('4 available, 6 reserved')
      test.clock.advance({ hours: 1 })
      await again()
      await test.credits.settle({ tenantId: 'acme', reservationId: 'job-1', amount: '6' })
      expect((await again()).reservation?.state).toBe('settled')
      expect(await balances(test.credits)).toBe('4 available, 0 reserved')
      await expect(again('5')).rejects.toThrow('was used for a reservation of 6 credits')
    })

    it('end when an event names them whose operation costs nothing', async () => {
      const reservationId = await reserve('6')
      const [ended, none] = [await test.debit({ operation: 'free', reservationId }), await test.debit({ operation: 'free', reservationId: 'unknown' })]
      expect(ended[0]?.amount.toFixed()).toBe('0')
      expect(none).toEqual([null])
      expect(await balances(test.credits)).toBe('10 available, 0 reserved')
    })

    it('last longer if they are extended, and never end earlier for it', async () => {
      const reservationId = await reserve('6', 60)
      await test.credits.extend({ tenantId: 'acme', reservationId, ttlSeconds: 600 })
      await test.credits.extend({ tenantId: 'acme', reservationId, ttlSeconds: 10 })
      test.clock.advance({ seconds: 599 })
      expect(await balances(test.credits)).toBe('4 available, 6 reserved')
    })

    it('keep what they hold of a grant that expires, until they end', async () => {
      await test.credits.grant({
        tenantId: 'acme',
        customerId: 'ana',
        amount: '5',
        idempotencyKey: 'trial',
        expiresAt: Temporal.Instant.from('2026-03-10T12:01:00Z'),
      })
      const { reservation } = await test.credits.reserve({ tenantId: 'acme', customerId: 'ana', amount: '4', ttlSeconds: 600 })
      test.clock.advance({ seconds: 60 })
      expect(await balances(test.credits, 'ana')).toBe('0 available, 4 reserved')
      await test.credits.settle({ tenantId: 'acme', reservationId: reservation?.id ?? '', amount: '3' })
      expect(await balances(test.credits, 'ana')).toBe('0 available, 0 reserved')
    })

    it('are refused if the credits do not suffice, with what could be spent', async () => {
      await reserve('6')
      expect(await test.credits.reserve({ tenantId: 'acme', amount: '5' })).toMatchObject({ allowed: false, reservation: null })
      await test.credits.setTerms({ tenantId: 'acme', whenEmpty: { kind: 'overdraft', limit: '1' } })
      expect((await test.credits.reserve({ tenantId: 'acme', amount: '6' })).spendable?.toFixed()).toBe('5')
      expect(await test.credits.reserve({ tenantId: 'acme', amount: '5' })).toMatchObject({ allowed: true })
    })

    it('and spending of concurrent callers admit exactly what fits', async () => {
      const attempts = Array.from({ length: 64 }, async (_, i) =>
        i % 2 === 0 ? test.credits.spend({ tenantId: 'acme', amount: '0.5' }) : test.credits.reserve({ tenantId: 'acme', amount: '0.5' }),
      )
      const admitted = (await Promise.all(attempts)).filter(({ allowed }) => allowed)
      expect(admitted).toHaveLength(20)
      expect((await test.credits.wallet({ tenantId: 'acme' }))?.wallet.balances.available.toFixed()).toBe('0')
    })
  })
}
