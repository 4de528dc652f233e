import { Temporal } from '@tollgate/kernel'
import { beforeEach, describe, expect, it } from 'vitest'
import { CreditKeyReused, CreditsExceeded, GrantSpent } from '../../model/errors.ts'
import { balances, type CreditsUnderTest, makeCredits, START } from '../builders/wallets.ts'
import type { CreditStoreSetup } from '../builders/credit-store-setup.ts'

/** What grants must do. */
export function grantsContract(setup: CreditStoreSetup): void {
  describe('grants', () => {
    let test: CreditsUnderTest
    beforeEach(async () => {
      test = await makeCredits(setup)
    })

    const at = (text: string) => Temporal.Instant.from(text)

    it('are returned again for their idempotency key, also after they have expired', async () => {
      const grant = () =>
        test.credits.grant({ tenantId: 'acme', amount: '5', idempotencyKey: 'trial', expiresAt: Temporal.Instant.from(START).add({ hours: 1 }) })
      const first = await grant()
      test.clock.advance({ hours: 2 })
      const again = await grant()
      expect([again.isRepeat, again.grant.id, again.grant.amount.toFixed()]).toEqual([true, first.grant.id, '5'])
    })

    it('give credits once for each idempotency key', async () => {
      const input = { tenantId: 'acme', amount: '10', idempotencyKey: 'order-1' }
      const first = await test.credits.grant(input)
      const again = await test.credits.grant(input)
      expect([first.isRepeat, again.isRepeat, again.grant.id === first.grant.id]).toEqual([false, true, true])
      await expect(test.credits.grant({ ...input, amount: '11' })).rejects.toThrow(CreditKeyReused)
      expect(await balances(test.credits)).toBe('10 available, 0 reserved')
    })

    it('are found by their key after they were spent', async () => {
      const input = { tenantId: 'acme', amount: '1', idempotencyKey: 'order-1' }
      const { grant } = await test.credits.grant(input)
      await test.credits.spend({ tenantId: 'acme', amount: '1' })
      expect((await test.credits.grant(input)).grant).toMatchObject({ id: grant.id, remaining: grant.remaining.minus(1) })
    })

    it('are spent by priority, then by expiry, then by age', async () => {
      for (const [key, priority, expiresAt] of [
        ['late', 100, '2026-06-01T00:00:00Z'],
        ['never', 100, null],
        ['soon', 100, '2026-04-01T00:00:00Z'],
        ['first', 1, null],
      ] as const) {
        await test.credits.grant({
          tenantId: 'acme',
          amount: '1',
          idempotencyKey: key,
          description: key,
          priority,
          expiresAt: expiresAt === null ? null : at(expiresAt),
        })
      }
      const open = await test.credits.wallet({ tenantId: 'acme' })
      const names = new Map(open?.grants.map(({ id, description }) => [id, description]))
      const { entry } = await test.credits.spend({ tenantId: 'acme', amount: '3.5' })
      expect(entry?.shares.map(({ grantId, amount }) => `${names.get(grantId ?? '')} ${amount.toFixed()}`)).toEqual([
        'first 1',
        'soon 1',
        'late 1',
        'never 0.5',
      ])
    })

    it('start at their effective time and end at their expiry, without a job', async () => {
      await test.credits.grant({
        tenantId: 'acme',
        amount: '5',
        idempotencyKey: 'later',
        effectiveAt: at('2026-03-11T00:00:00Z'),
        expiresAt: at('2026-03-12T00:00:00Z'),
      })
      expect(await balances(test.credits)).toBe('0 available, 0 reserved')
      test.clock.set('2026-03-11T00:00:00Z')
      expect(await balances(test.credits)).toBe('5 available, 0 reserved')
      await test.credits.spend({ tenantId: 'acme', amount: '2' })
      test.clock.set('2026-03-12T00:00:00Z')
      expect(await balances(test.credits)).toBe('0 available, 0 reserved')
      expect(await test.credits.spend({ tenantId: 'acme', amount: '1' })).toMatchObject({ allowed: false })
    })

    it.each([
      { kind: 'none' as const, left: '0' },
      { kind: 'all' as const, left: '8' },
      { kind: 'up_to_amount' as const, max: '3', left: '3' },
      { kind: 'up_to_percentage' as const, max: '25', left: '2.5' },
    ])('keep $left of 8 remaining credits with rollover $kind', async ({ left, ...rollover }) => {
      await test.credits.grant({ tenantId: 'acme', amount: '10', idempotencyKey: 'march', expiresAt: at('2026-04-01T00:00:00Z'), rollover })
      await test.credits.spend({ tenantId: 'acme', amount: '2' })
      test.clock.set('2026-04-01T00:00:00Z')
      expect(await balances(test.credits)).toBe(`${left} available, 0 reserved`)
    })

    it('pay the debt of their wallet first', async () => {
      await test.credits.setTerms({ tenantId: 'acme', whenEmpty: { kind: 'overdraft', limit: '5' } })
      await test.credits.spend({ tenantId: 'acme', amount: '4' })
      const { grant } = await test.credits.grant({ tenantId: 'acme', amount: '10', idempotencyKey: 'order-1' })
      expect(grant.remaining.toFixed()).toBe('6')
      expect(await balances(test.credits)).toBe('6 available, 0 reserved')
    })

    it('are voided as a whole or in part, but not beyond what remains', async () => {
      const { grant } = await test.credits.grant({ tenantId: 'acme', amount: '10', idempotencyKey: 'order-1' })
      await test.credits.spend({ tenantId: 'acme', amount: '4' })
      await expect(test.credits.voidGrant({ tenantId: 'acme', grantId: grant.id, amount: '7', reason: 'refunded' })).rejects.toThrow(GrantSpent)
      await test.credits.voidGrant({ tenantId: 'acme', grantId: grant.id, amount: '1', reason: 'refunded' })
      expect(await balances(test.credits)).toBe('5 available, 0 reserved')
      await test.credits.voidGrant({ tenantId: 'acme', grantId: grant.id, reason: 'refunded' })
      expect(await balances(test.credits)).toBe('0 available, 0 reserved')
    })

    it('are not voided once they are spent', async () => {
      const { grant } = await test.credits.grant({ tenantId: 'acme', amount: '10', idempotencyKey: 'order-1' })
      await test.credits.spend({ tenantId: 'acme', amount: '10' })
      await expect(test.credits.voidGrant({ tenantId: 'acme', grantId: grant.id, reason: 'refunded' })).rejects.toThrow(GrantSpent)
    })

    it('and transfers that are not possible create no wallet', async () => {
      await test.credits.grant({ tenantId: 'acme', amount: '10', idempotencyKey: 'order-1' })
      const move = { tenantId: 'acme', fromCustomerId: null, toCustomerId: 'ana', amount: '11', idempotencyKey: 'move-1' }
      await expect(test.credits.transfer(move)).rejects.toThrow(CreditsExceeded)
      await expect(test.credits.transfer({ ...move, fromCustomerId: 'eve' })).rejects.toThrow('There is no wallet of the customer "eve".')
      await expect(test.credits.grant({ tenantId: 'acme', customerId: 'ben', amount: '10', idempotencyKey: 'order-1' })).rejects.toThrow(CreditKeyReused)
      expect([await balances(test.credits, 'ana'), await balances(test.credits, 'ben')]).toEqual(['no wallet', 'no wallet'])
    })

    it('of an allowance start with each billing period, and expire with it', async () => {
      await test.credits.setAllowance({ tenantId: 'acme', id: 'pro', amount: '100', anchorDay: 31, timeZone: 'Europe/Berlin' })
      await test.credits.spend({ tenantId: 'acme', amount: '30' })
      expect(await balances(test.credits)).toBe('70 available, 0 reserved')
      test.clock.set('2026-03-30T22:00:00Z')
      expect(await balances(test.credits)).toBe('100 available, 0 reserved')
      test.clock.set('2026-06-15T00:00:00Z')
      expect(await balances(test.credits)).toBe('100 available, 0 reserved')
      expect((await test.credits.wallet({ tenantId: 'acme' }))?.wallet.balances.granted.toFixed()).toBe('-400')
    })

    it('of an allowance roll over to the end of the next billing period, however long the period before was', async () => {
      const allowance = { id: 'pro', amount: '100', anchorDay: 31, timeZone: 'Europe/Berlin', rollover: { kind: 'all' as const } }
      await test.credits.setAllowance({ tenantId: 'acme', ...allowance })
      const expiries = async () => (await test.credits.wallet({ tenantId: 'acme' }))?.grants.map(({ source, expiresAt }) => `${source} ${String(expiresAt)}`)
      expect(await expiries()).toEqual(['plan_allowance 2026-03-30T22:00:00Z'])
      test.clock.set('2026-03-30T22:00:00Z')
      expect(await expiries()).toEqual(['rollover 2026-04-29T22:00:00Z', 'plan_allowance 2026-04-29T22:00:00Z'])
      test.clock.set('2026-04-29T22:00:00Z')
      expect(await expiries()).toEqual(['rollover 2026-05-30T22:00:00Z', 'plan_allowance 2026-05-30T22:00:00Z'])
    })

    it('of an allowance that is set again are given once for each period, with the new amount from the next period on', async () => {
      const set = (amount: string) => test.credits.setAllowance({ tenantId: 'acme', id: 'pro', amount })
      await set('100')
      await set('100')
      await set('50')
      expect(await balances(test.credits)).toBe('100 available, 0 reserved')
      test.clock.set('2026-04-01T00:00:00Z')
      expect(await balances(test.credits)).toBe('50 available, 0 reserved')
      const startsAt = at('2024-01-01T00:00:00Z')
      await expect(test.credits.setAllowance({ tenantId: 'acme', id: 'old', amount: '1', startsAt })).rejects.toThrow('at most a year ago')
    })

    it('of an allowance that had ended are given from the time when it is set again', async () => {
      const allowance = { tenantId: 'acme', id: 'pro', amount: '100', rollover: { kind: 'all' as const } }
      await test.credits.setAllowance({ ...allowance, endsAt: at('2026-03-20T00:00:00Z') })
      test.clock.set('2026-07-15T00:00:00Z')
      await test.credits.setAllowance(allowance)
      expect((await test.credits.wallet({ tenantId: 'acme' }))?.wallet.balances.granted.toFixed()).toBe('-200')
    })

    it('move to another wallet of the tenant with their expiry', async () => {
      await test.credits.grant({ tenantId: 'acme', amount: '10', idempotencyKey: 'order-1', expiresAt: at('2026-04-01T00:00:00Z') })
      const move = { tenantId: 'acme', fromCustomerId: null, toCustomerId: 'ana', amount: '4', idempotencyKey: 'move-1' }
      await test.credits.transfer(move)
      await test.credits.transfer(move)
      expect([await balances(test.credits), await balances(test.credits, 'ana')]).toEqual(['6 available, 0 reserved', '4 available, 0 reserved'])
      test.clock.set('2026-04-01T00:00:00Z')
      expect(await balances(test.credits, 'ana')).toBe('0 available, 0 reserved')
      await expect(test.credits.transfer({ ...move, toCustomerId: null, idempotencyKey: 'move-2' })).rejects.toThrow('another owner')
    })
  })
}
