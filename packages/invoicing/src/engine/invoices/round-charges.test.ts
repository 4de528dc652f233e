import { Decimal, Temporal, ZERO } from '@tollgate/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DueCharge } from '../../model/billing/due-charge.ts'
import { roundCharges } from './round-charges.ts'

const period = { from: Temporal.Instant.from('2026-01-01T00:00:00Z'), to: Temporal.Instant.from('2026-02-01T00:00:00Z') }

function chargeOf(amount: string, changes: Partial<DueCharge> = {}): DueCharge {
  const frame = { key: amount, kind: 'usage', description: 'usage', basis: period, period, quantity: new Decimal(1), unit: 'call' } as const
  const none = { discounts: [], credits: ZERO, conversion: null, provider: null, model: null, dimensions: {}, details: {} }
  return { ...frame, ...none, currency: 'USD', amount: new Decimal(amount), ...changes }
}

describe.each([
  { due: [], carriedIn: '0.004', lines: [], left: '0.004' },
  { due: ['20', '0.004'], carriedIn: '0.007', lines: ['20', '0.01'], left: '0.001' },
  { due: ['1.005', '1.005'], carriedIn: '0', lines: ['1.01', '1'], left: '0' },
  { due: ['1.009', '1.009', '1.001'], carriedIn: '0.009', lines: ['1.01', '1.01', '1'], left: '0.008' },
  { due: ['-5.004', '12.001'], carriedIn: '0', lines: ['-5.01', '12'], left: '0.007' },
  { due: ['3'], carriedIn: '-0.002', lines: ['2.99'], left: '0.008' },
])('charges of $due with $carriedIn carried over', ({ due, carriedIn, lines, left }) => {
  it(`become lines of ${lines.join(', ')} and leave ${left}`, () => {
    const rounded = roundCharges(
      due.map(amount => chargeOf(amount)),
      { currency: 'USD', carriedIn: new Decimal(carriedIn) },
    )
    expect(rounded.charges.map(({ netAmount }) => netAmount.toFixed())).toEqual(lines)
    expect(rounded.carriedOver.toFixed()).toBe(left)
  })
})

describe('rounding', () => {
  const amount = fc.integer({ min: -500_000, max: 5_000_000 }).map(units => new Decimal(units).div(1_000))
  const charges = fc.array(fc.record({ amount, discount: fc.integer({ min: 0, max: 9_999 }), credits: fc.integer({ min: 0, max: 9_999 }) }), {
    minLength: 1,
    maxLength: 8,
  })

  it('adds up: what is due and what was carried over is what lines bill and what is carried over again', () => {
    fc.assert(
      fc.property(charges, fc.integer({ min: 0, max: 9_999 }), fc.constantFrom('USD', 'JPY', 'KWD'), (drafts, carried, currency) => {
        const due = drafts.map((draft, i) =>
          chargeOf(draft.amount.toFixed(), {
            key: String(i),
            discounts: [{ rule: 'a v1', promotion: 'a', amount: new Decimal(draft.discount).div(10_000), budget: undefined }],
            credits: new Decimal(draft.credits).div(10_000),
          }),
        )
        const carriedIn = new Decimal(carried).div(10_000)
        const rounded = roundCharges(due, { currency, carriedIn })
        const exact = due.reduce(
          (sum, one) =>
            sum
              .plus(one.amount)
              .minus(one.discounts[0]?.amount ?? 0)
              .minus(one.credits),
          carriedIn,
        )
        const billed = rounded.charges.reduce((sum, { netAmount }) => sum.plus(netAmount), ZERO)
        expect(billed.plus(rounded.carriedOver).toFixed()).toBe(exact.toFixed())
        expect(rounded.carriedOver.gte(0)).toBe(true)
        for (const line of rounded.charges) {
          const discounts = line.discounts.reduce((sum, one) => sum.plus(one.amount), ZERO)
          expect(line.amount.minus(discounts).minus(line.credits).toFixed()).toBe(line.netAmount.toFixed())
        }
      }),
    )
  })
})
