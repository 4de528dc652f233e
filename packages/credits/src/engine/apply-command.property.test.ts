import { countingIds, Decimal, settableClock, ZERO } from '@tollgate/kernel'
import { createCredits } from '../create-credits.ts'
import { memoryCreditStore } from '../memory/index.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const amount = fc.integer({ min: 1, max: 400 }).map(n => new Decimal(n).div(8).toFixed())
const owner = fc.constantFrom(null, 'ana', 'ben')
const step = fc.oneof(
  fc.record({
    kind: fc.constant('grant' as const),
    owner,
    amount,
    priority: fc.integer({ min: 0, max: 3 }),
    startsIn: fc.integer({ min: 0, max: 5 }),
    lasts: fc.option(fc.integer({ min: 1, max: 20 })),
    rollover: fc.constantFrom('none' as const, 'all' as const),
  }),
  fc.record({ kind: fc.constant('spend' as const), owner, amount }),
  fc.record({ kind: fc.constant('debit' as const), owner, amount }),
  fc.record({ kind: fc.constant('reserve' as const), owner, amount, ttl: fc.integer({ min: 1, max: 8 }) }),
  fc.record({ kind: fc.constant('settle' as const), pick: fc.nat(20), amount }),
  fc.record({ kind: fc.constant('release' as const), pick: fc.nat(20) }),
  fc.record({ kind: fc.constant('void' as const), pick: fc.nat(20) }),
  fc.record({ kind: fc.constant('transfer' as const), from: owner, to: owner, amount }),
  fc.record({ kind: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 6 }) }),
  fc.record({ kind: fc.constant('overdraft' as const), owner, amount }),
)

describe('any sequence of commands', () => {
  it('keeps balances, grants and reservations consistent', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60, minLength: 5 }), async steps => {
        const clock = settableClock('2026-03-01T00:00:00Z')
        const ids = countingIds()
        const credits = createCredits({ store: memoryCreditStore({ ids }), clock, ids })
        const [reservations, grants]: [string[], string[]] = [[], []]
        let key = 0
        for (const one of steps) {
          const attempt = async () => {
            switch (one.kind) {
              case 'grant': {
                const effectiveAt = clock.now().add({ hours: one.startsIn })
                const expiresAt = one.lasts === null ? null : effectiveAt.add({ hours: one.lasts })
                const granted = await credits.grant({
                  tenantId: 'acme',
                  customerId: one.owner,
                  amount: one.amount,
                  idempotencyKey: `${key++}`,
                  priority: one.priority,
                  effectiveAt,
                  expiresAt,
                  rollover: { kind: one.rollover },
                })
                grants.push(granted.grant.id)
                return
              }
              case 'spend': {
                const before = await credits.wallet({ tenantId: 'acme', customerId: one.owner })
                const { allowed, available } = await credits.spend({ tenantId: 'acme', customerId: one.owner, amount: one.amount })
                const terms = before?.wallet.terms.whenEmpty
                if (allowed && terms?.kind !== 'allow') expect(available.gte(ZERO.minus(terms?.kind === 'overdraft' ? terms.limit : ZERO))).toBe(true)
                return
              }
              case 'debit':
                await credits.debitIn({ scope: { kind: 'operator' } }, [
                  {
                    tenantId: 'acme',
                    customerId: one.owner,
                    eventId: `${key++}`,
                    operation: 'x',
                    provider: null,
                    model: null,
                    occurredAt: clock.now(),
                    tokens: null,
                    quantity: null,
                    cost: null,
                    credits: new Decimal(one.amount),
                    description: null,
                    resourceType: null,
                    resourceId: null,
                    reservationId: null,
                  },
                ])
                return
              case 'reserve': {
                const { reservation } = await credits.reserve({ tenantId: 'acme', customerId: one.owner, amount: one.amount, ttlSeconds: one.ttl * 3_600 })
                if (reservation !== null) reservations.push(reservation.id)
                return
              }
              case 'settle':
                await credits.settle({
                  tenantId: 'acme',
                  reservationId: reservations[one.pick % Math.max(reservations.length, 1)] ?? 'none',
                  amount: one.amount,
                })
                return
              case 'release':
                await credits.release({ tenantId: 'acme', reservationId: reservations[one.pick % Math.max(reservations.length, 1)] ?? 'none' })
                return
              case 'void':
                await credits.voidGrant({ tenantId: 'acme', grantId: grants[one.pick % Math.max(grants.length, 1)] ?? 'none', reason: 'mistake' })
                return
              case 'transfer':
                await credits.transfer({ tenantId: 'acme', fromCustomerId: one.from, toCustomerId: one.to, amount: one.amount, idempotencyKey: `${key++}` })
                return
              case 'wait':
                clock.advance({ hours: one.hours })
                return
              case 'overdraft':
                await credits.setTerms({ tenantId: 'acme', customerId: one.owner, whenEmpty: { kind: 'overdraft', limit: one.amount } })
            }
          }
          await attempt().catch((error: unknown) => {
            if (!(error instanceof Error && 'code' in error)) throw error
          })
          for (const customerId of [null, 'ana', 'ben']) {
            const status = await credits.wallet({ tenantId: 'acme', customerId })
            if (status === undefined) continue
            const { wallet, grants: open } = status
            const sum = (pick: (grant: (typeof open)[number]) => Decimal) =>
              open.filter(({ state }) => state !== 'pending').reduce((total, grant) => total.plus(pick(grant)), ZERO)
            expect(wallet.balances.available.toFixed()).toBe(
              sum(({ remaining }) => remaining)
                .minus(wallet.debt)
                .minus(wallet.heldWithoutGrant)
                .toFixed(),
            )
            expect(wallet.balances.reserved.toFixed()).toBe(
              sum(({ held }) => held)
                .plus(wallet.heldWithoutGrant)
                .toFixed(),
            )
            expect(wallet.debt.gte(0) && wallet.heldWithoutGrant.gte(0)).toBe(true)
            if (wallet.debt.gt(0)) expect(sum(({ remaining }) => remaining).toFixed()).toBe('0')
          }
        }
        expect((await credits.verify('acme')).differences).toEqual([])
      }),
      { numRuns: 500 },
    )
  })
})
