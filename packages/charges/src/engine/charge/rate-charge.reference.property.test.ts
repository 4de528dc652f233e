import { makePrice } from '@tollgate/pricing/testing'
import { createPriceCatalog, rateUsage } from '@tollgate/pricing'
import { Decimal, type RoundingMode } from '@tollgate/kernel'
import { TOKEN_POOLS, type TokenPool } from '@tollgate/tokens'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defineMarkups } from '../../model/markups/markups.ts'
import { defineDiscount } from '../../model/discounts/discount.ts'
import { definePriceModel } from '../../model/price-models/price-model.ts'
import { rateCharge } from './rate-charge.ts'
import { type Fraction, floor, fraction, highest, isLess, lowest, minus, plus, times, toNumeral } from '../../testing/fraction.ts'

// A second implementation of all charges with exact fractions, without the engine.

const NOTHING = fraction(0)
const numeral = (digits: bigint, scale: number) => new Decimal(`${digits}e-${scale}`).toFixed()
const decimals = (most: bigint, scale: number) => fc.bigInt({ min: 0n, max: most * 10n ** BigInt(scale) }).map(digits => numeral(digits, scale))
const optional = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined })
const percentOf = (amount: Fraction, percent: string) => times(amount, times(fraction(percent), { over: 1n, under: 100n }))

interface Tier {
  readonly from: string
  readonly unitPrice: string
  readonly flatFee?: string | undefined
}
type PlainModel = {
  readonly includedUnits?: string | undefined
  readonly minimum?: string | undefined
  readonly maximum?: string | undefined
} & (
  | { readonly kind: 'per-unit'; readonly unitPrice: string }
  | { readonly kind: 'package'; readonly size: string; readonly price: string; readonly partialBlock: 'charged' | 'free' }
  | { readonly kind: 'graduated' | 'volume'; readonly tiers: readonly Tier[] }
)

function priceOf(model: PlainModel, quantity: Fraction): Fraction {
  const units = highest(NOTHING, minus(quantity, fraction(model.includedUnits ?? 0)))
  const price = priceOfUnits(model, units)
  const atLeast = model.minimum === undefined ? price : highest(price, fraction(model.minimum))
  return model.maximum === undefined ? atLeast : lowest(atLeast, fraction(model.maximum))
}

function priceOfUnits(model: PlainModel, units: Fraction): Fraction {
  switch (model.kind) {
    case 'per-unit':
      return times(units, fraction(model.unitPrice))
    case 'package': {
      const blocks = times(units, { over: fraction(model.size).under, under: fraction(model.size).over })
      const full = floor(blocks)
      const begun = model.partialBlock === 'charged' && isLess(fraction(full), blocks) ? 1n : 0n
      return times(fraction(full + begun), fraction(model.price))
    }
    case 'graduated':
      return model.tiers.reduce((sum, { from, unitPrice, flatFee = '0' }, i) => {
        const end = model.tiers[i + 1]?.from
        const inTier = minus(end === undefined ? units : lowest(units, fraction(end)), fraction(from))
        return isLess(NOTHING, inTier) ? plus(sum, plus(times(inTier, fraction(unitPrice)), fraction(flatFee))) : sum
      }, NOTHING)
    case 'volume': {
      const reached = model.tiers.findLast(({ from }) => isLess(fraction(from), units))
      return reached === undefined ? NOTHING : plus(times(units, fraction(reached.unitPrice)), fraction(reached.flatFee ?? 0))
    }
  }
}

interface PlainDiscount {
  readonly priority: number
  readonly effect:
    | { readonly kind: 'percentage'; readonly percent: string; readonly basis: 'remaining' | 'subtotal' }
    | { readonly kind: 'fixed'; readonly amount: string }
    | { readonly kind: 'tiered'; readonly measure: 'quantity'; readonly tiers: readonly { readonly from: string; readonly percent: string }[] }
  readonly maximum?: string | undefined
  readonly floor?: string | undefined
  readonly budget?: string | undefined
  readonly left?: string | undefined
}

interface PlainCharge {
  readonly quantity: string
  readonly model: PlainModel
  readonly markup: string
  readonly discounts: readonly PlainDiscount[]
  readonly atLeast?: string | undefined
  readonly atMost?: string | undefined
  readonly rounding: { readonly scale: number; readonly mode: RoundingMode }
}

function referenceCharge({ quantity, model, markup, discounts, atLeast, atMost, rounding }: PlainCharge): string {
  const list = priceOf(model, fraction(quantity))
  const subtotal = plus(list, percentOf(list, markup))
  // Ids are positions, so that the earlier of equal priority applies first.
  const inOrder = [...discounts.keys()].toSorted((one, other) => (discounts[other]?.priority ?? 0) - (discounts[one]?.priority ?? 0) || one - other)
  let amount = subtotal
  for (const position of inOrder) {
    const discount = discounts[position]
    if (discount === undefined) continue
    const wanted = wantedBy(discount, { subtotal, remaining: amount, quantity: fraction(quantity) })
    const limits = [minus(amount, fraction(discount.floor ?? 0)), ...(discount.maximum === undefined ? [] : [fraction(discount.maximum)])]
    if (discount.budget !== undefined) limits.push(lowest(fraction(discount.budget), fraction(discount.left ?? 0)))
    amount = minus(amount, highest(NOTHING, lowest(wanted, ...limits)))
  }
  if (atLeast !== undefined) amount = highest(amount, fraction(atLeast))
  if (atMost !== undefined) amount = lowest(amount, fraction(atMost))
  return roundedNumeral(amount, rounding)
}

function wantedBy({ effect }: PlainDiscount, { subtotal, remaining, quantity }: Readonly<Record<'subtotal' | 'remaining' | 'quantity', Fraction>>): Fraction {
  switch (effect.kind) {
    case 'percentage':
      return percentOf(effect.basis === 'subtotal' ? subtotal : remaining, effect.percent)
    case 'fixed':
      return fraction(effect.amount)
    case 'tiered':
      return percentOf(remaining, effect.tiers.findLast(({ from }) => !isLess(quantity, fraction(from)))?.percent ?? '0')
  }
}

/** Charges are not negative, so that half-up, up and ceil need no sign. */
function roundedNumeral(amount: Fraction, { scale, mode }: PlainCharge['rounding']): string {
  const digits = times(amount, fraction(10n ** BigInt(scale)))
  const below = floor(digits)
  const rest = minus(digits, fraction(below))
  const half: Fraction = { over: 1n, under: 2n }
  const isHalf = !isLess(rest, half) && !isLess(half, rest)
  const up = {
    'half-even': isHalf ? below % 2n === 1n : isLess(half, rest),
    'half-up': !isLess(rest, half),
    'half-down': isLess(half, rest),
    up: isLess(NOTHING, rest),
    ceil: isLess(NOTHING, rest),
    down: false,
    floor: false,
  }[mode]
  return numeral(below + (up ? 1n : 0n), scale)
}

const price = decimals(20n, 6)
const tiers = fc.tuple(price, price, price, optional(decimals(9n, 3))).map(([low, middle, high, flatFee]) => [
  { from: '0', unitPrice: low },
  { from: '100.5', unitPrice: middle, flatFee },
  { from: '2000', unitPrice: high },
])
const limits = {
  includedUnits: optional(decimals(300n, 1)),
  minimum: optional(decimals(500n, 3)),
  maximum: optional(decimals(9_000n, 2).map(more => new Decimal(more).plus(500).toFixed())),
}
const model: fc.Arbitrary<PlainModel> = fc.oneof(
  fc.record({ kind: fc.constant('per-unit' as const), unitPrice: price, ...limits }),
  fc.record({
    kind: fc.constant('package' as const),
    size: fc.constantFrom('1', '7', '0.3', '1000'),
    price,
    partialBlock: fc.constantFrom('charged' as const, 'free' as const),
    ...limits,
  }),
  fc.record({ kind: fc.constantFrom('graduated' as const, 'volume' as const), tiers, ...limits }),
)
const effect: fc.Arbitrary<PlainDiscount['effect']> = fc.oneof(
  fc.record({ kind: fc.constant('percentage' as const), percent: decimals(100n, 2), basis: fc.constantFrom('remaining' as const, 'subtotal' as const) }),
  fc.record({ kind: fc.constant('fixed' as const), amount: decimals(900n, 4) }),
  fc.tuple(decimals(100n, 2), decimals(100n, 2)).map(([low, high]) => ({
    kind: 'tiered' as const,
    measure: 'quantity' as const,
    tiers: [
      { from: '0', percent: low },
      { from: '100.5', percent: high },
    ],
  })),
)
const discount: fc.Arbitrary<PlainDiscount> = fc.record({
  priority: fc.integer({ min: -1, max: 1 }),
  effect,
  maximum: optional(decimals(400n, 3)),
  floor: optional(decimals(300n, 2)),
  budget: optional(decimals(600n, 2)),
  left: optional(decimals(600n, 3)),
})
const plainCharge: fc.Arbitrary<PlainCharge> = fc.record({
  quantity: fc.oneof(decimals(400n, 3), decimals(5_000_000n, 3)),
  model,
  markup: decimals(300n, 2),
  discounts: fc.array(discount, { maxLength: 4 }),
  atLeast: optional(decimals(300n, 1)),
  atMost: optional(decimals(9_000n, 2).map(more => new Decimal(more).plus(300).toFixed())),
  rounding: fc.record({
    scale: fc.constantFrom(0, 2, 6, 24),
    mode: fc.constantFrom<RoundingMode>('half-even', 'half-up', 'half-down', 'up', 'down', 'ceil', 'floor'),
  }),
})

it('a charge equals exact fractions, for any price, markup, discounts with all limits, bounds and rounding', () => {
  fc.assert(
    fc.property(plainCharge, one => {
      // Bounds have the decimal places of the rounding.
      const bounds = one.rounding.scale < 2 ? undefined : { atLeast: one.atLeast, atMost: one.atMost }
      const rated = rateCharge({
        usage: { quantity: one.quantity },
        priceModel: definePriceModel(one.model),
        markups: defineMarkups([{ id: 'm', percent: one.markup }]),
        discounts: one.discounts.map(({ left: _left, ...draft }, i) => defineDiscount({ id: `${i}`, ...draft })),
        bounds,
        rounding: one.rounding,
        context: {
          at: '2026-11-20T00:00:00Z',
          discountStates: Object.fromEntries(one.discounts.map(({ left }, i) => [`${i}`, { remainingBudget: left }])),
        },
      })
      expect(rated.charge?.toFixed()).toBe(referenceCharge(bounds === undefined ? { ...one, atLeast: undefined, atMost: undefined } : one))
    }),
    { numRuns: 500 },
  )
})

describe('a cost', () => {
  const STANDS_IN: Readonly<Partial<Record<TokenPool, TokenPool>>> = { cacheRead: 'input', cacheWrite5m: 'input', imageInput: 'input', reasoning: 'output' }
  const rate = decimals(900n, 9)
  const steps = fc
    .uniqueArray(fc.integer({ min: 1, max: 400_000 }), { maxLength: 3 })
    .chain(bounds =>
      fc
        .array(rate, { minLength: bounds.length, maxLength: bounds.length })
        .map(rates => bounds.toSorted((a, b) => a - b).map((above, i) => ({ above, rate: rates[i] ?? '0' }))),
    )
  const poolRate = fc.record({ base: rate, steps })
  const rates = fc.record(Object.fromEntries(TOKEN_POOLS.map(pool => [pool, poolRate])) as Record<TokenPool, typeof poolRate>, {
    requiredKeys: TOKEN_POOLS.filter(pool => STANDS_IN[pool] === undefined),
  })
  const tokens = fc.record(
    Object.fromEntries(TOKEN_POOLS.map(pool => [pool, fc.oneof(fc.nat({ max: 300_000 }), fc.nat({ max: 10 ** 12 }))])) as Record<
      TokenPool,
      fc.Arbitrary<number>
    >,
    {
      requiredKeys: [],
    },
  )
  const WENT_OUT: ReadonlySet<TokenPool> = new Set(['output', 'reasoning', 'audioOutput', 'imageOutput', 'videoOutput'])

  it('equals exact fractions, for any rates by context length, tokens and price per request', () => {
    fc.assert(
      fc.property(rates, tokens, optional(decimals(9n, 9)), (perMillion, used, perRequest) => {
        const context = TOKEN_POOLS.reduce((sum, pool) => (WENT_OUT.has(pool) ? sum : sum + (used[pool] ?? 0)), 0)
        const rateFor = (pool: TokenPool): Fraction => {
          const own = perMillion[pool] ?? perMillion[STANDS_IN[pool] ?? pool]
          return fraction(own?.steps.findLast(({ above }) => context > above)?.rate ?? own?.base ?? 0)
        }
        const expected = TOKEN_POOLS.reduce(
          (sum, pool) => plus(sum, times(times(fraction(used[pool] ?? 0), rateFor(pool)), { over: 1n, under: 1_000_000n })),
          fraction(perRequest ?? 0),
        )
        const exact = (one: { base: string; steps: readonly { above: number; rate: string }[] }) => ({
          base: new Decimal(one.base),
          steps: one.steps.map(step => ({ above: step.above, rate: new Decimal(step.rate) })),
        })
        const catalog = createPriceCatalog([
          {
            ...makePrice(perRequest === undefined ? {} : { perRequest }),
            perMillionTokens: Object.fromEntries(Object.entries(perMillion).map(([pool, one]) => [pool, exact(one)])),
          },
        ])
        const rated = rateUsage({ catalog, provider: 'acme-ai', model: 'large', tokens: used, at: '2026-11-20T00:00:00Z' })
        expect(rated.cost?.toFixed()).toBe(toNumeral(expected))
      }),
    )
  })
})
