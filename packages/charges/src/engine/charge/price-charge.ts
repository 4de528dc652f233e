import { type RatedLine, type RatedUsage, unitKey } from '@tollgate/pricing'
import { type Decimal, InvalidInput, type Issue, ZERO } from '@tollgate/kernel'
import { type Numeral, outOfBounds, readNumeral } from '../../model/numbers/numeral.ts'
import { type ExplainedCost, type ExplainedPrice, explainLine } from '../../model/explanation/charge-explanation.ts'
import { chargeOnce, type PricedLine, sumLines } from '../../model/price-models/priced-line.ts'
import type { PriceModel } from '../../model/price-models/price-model.ts'
import { type PricedUsage, priceUsage } from '../../model/price-models/price-usage.ts'
import { sumParts, type UsagePart } from '../../model/price-models/usage-part.ts'

/** Input of a part of the metered quantity. Its dimensions take precedence over those of the context. */
export interface UsagePartDraft {
  readonly quantity: Numeral
  readonly dimensions?: Readonly<Record<string, string>> | undefined
}

/** Amounts that are known already: recorded costs, or charges of parts. */
export interface KnownAmounts {
  /** `cost` is what providers charge. `charge` already includes markups. */
  readonly of: 'cost' | 'charge'
  readonly lines: readonly { readonly label: string; readonly quantity: Decimal; readonly amount: Decimal }[]
  /** Where the amounts come from, for people. */
  readonly reason: string
}

/** What is charged: a metered quantity, parts of one with different dimensions, a provider's cost, or known amounts to add up. */
export type ChargedUsage =
  | { readonly quantity: Numeral }
  | { readonly parts: readonly UsagePartDraft[] }
  | { readonly cost: RatedUsage }
  | { readonly known: KnownAmounts }

/**
 * What the price model has counted in the period so far: parts, or the cost if the price is a percentage of it. The usage is
 * then priced as an addition to it, so that tiers, blocks, included units, fees and bounds apply once per period.
 */
export type EarlierUsage = { readonly parts: readonly UsagePart[] } | { readonly cost: Decimal }

/** Usage and its price. */
export interface ChargePrice {
  readonly usage: ChargedUsage
  /** Required for a quantity. A cost needs none, or a percentage. */
  readonly priceModel: PriceModel | undefined
  /** Name of the model in the explanation. */
  readonly priceModelId: string | undefined
  /** Undefined at the start of a period: then fees and minimums are due. */
  readonly earlier: EarlierUsage | undefined
  readonly dimensions: Readonly<Record<string, string>>
}

/** A price before markups. Its lines add up to the amount. */
export type ChargeSubtotal =
  | {
      readonly state: 'priced'
      readonly amount: Decimal
      readonly quantity: Decimal
      readonly lines: readonly PricedLine[]
      readonly steps: readonly (ExplainedCost | ExplainedPrice)[]
    }
  | { readonly state: 'unpriced'; readonly reason: string }

/** Charges have at most the decimal places of percentages of amounts. */
const KNOWN_AMOUNT = { from: 0, to: '1000000000000000000000000', scale: 36 }
/** A part of a period may take back the charges of earlier parts. */
const KNOWN_CHARGE = { ...KNOWN_AMOUNT, from: '-1000000000000000000000000' }
const COST_AMOUNT = { ...KNOWN_AMOUNT, scale: 24 }

/** Prices usage. Throws `InvalidInput` for a quantity or cost out of bounds, and a price model that does not fit. */
export function priceCharge({ usage, priceModel, priceModelId, earlier, dimensions }: ChargePrice): ChargeSubtotal {
  const named = { priceModel, priceModelId, earlier }
  if ('cost' in usage) return priceCost(usage.cost, named)
  if ('known' in usage) return priceKnown(usage.known, named)
  if (priceModel === undefined) throw new InvalidInput([{ path: 'priceModel', message: 'is required for a metered quantity' }])
  const parts = 'parts' in usage ? readParts(usage.parts, dimensions) : readQuantity(usage.quantity, dimensions)
  const quantity = sumParts(parts)
  const before = earlier && readEarlierParts(earlier)
  const priced = priceAdded(priceModel, parts, before)
  if (priced.state === 'unpriced') return priced
  const { amount, step } = explainPrice(priced, { kind: priceModel.kind, rule: priceModelId, before: ZERO, metered: quantity })
  return { state: 'priced', amount, quantity, lines: priced.lines, steps: [step] }
}

type NamedPrice = Pick<ChargePrice, 'priceModel' | 'priceModelId' | 'earlier'>

function priceCost(rated: RatedUsage, named: NamedPrice): ChargeSubtotal {
  if (rated.state === 'unpriced') return { state: 'unpriced', reason: rated.message }
  if (rated.state === 'reported') {
    return priceKnown({ of: 'cost', lines: [{ label: 'the call', quantity: ZERO, amount: rated.cost }], reason: 'as reported by the provider' }, named)
  }
  const tooLong = outOfBounds(rated.cost, COST_AMOUNT)
  if (tooLong !== undefined) throw new InvalidInput([{ path: 'usage.cost', message: tooLong }])
  const lines = rated.lines.map(costLine)
  // Requests and other units have a price too, but they are not tokens.
  const quantity = rated.lines.reduce((sum, line) => (line.pool === undefined ? sum : sum.plus(line.quantity)), ZERO)
  const costStep = explainCost(rated, lines)
  return priceAmount({ amount: rated.cost, quantity, lines, steps: [costStep] }, named)
}

/** Returns an amount unchanged, or a percentage of it. */
function priceAmount(known: Omit<Extract<ChargeSubtotal, { state: 'priced' }>, 'state'>, { priceModel, priceModelId, earlier }: NamedPrice): ChargeSubtotal {
  if (priceModel === undefined) return { state: 'priced', ...known }
  if (priceModel.kind !== 'percentage') throw new InvalidInput([{ path: 'priceModel.kind', message: `must be percentage for a cost, not ${priceModel.kind}` }])
  const before = earlier && [{ quantity: readEarlierCost(earlier), dimensions: {} }]
  const priced = priceTransaction(priceModel, { quantity: known.amount, dimensions: {} }, before)
  if (priced.state === 'unpriced') return priced
  const { amount, step } = explainPrice(priced, { kind: priceModel.kind, rule: priceModelId, before: known.amount, metered: known.amount })
  return { state: 'priced', amount, quantity: known.quantity, lines: priced.lines, steps: [...known.steps, step] }
}

function priceKnown({ of, lines: known, reason }: KnownAmounts, named: NamedPrice): ChargeSubtotal {
  if (of === 'charge' && named.priceModel !== undefined)
    throw new InvalidInput([{ path: 'priceModel', message: 'must be omitted for charges, which have been priced already' }])
  const issues = known.flatMap(({ amount }, position) => {
    const message = outOfBounds(amount, of === 'charge' ? KNOWN_CHARGE : KNOWN_AMOUNT)
    return message === undefined ? [] : [{ path: `usage.known.lines.${position}.amount`, message }]
  })
  if (issues.length > 0) throw new InvalidInput(issues)
  const lines = known.map(({ label, quantity, amount }) => ({ ...chargeOnce(label, amount), quantity }))
  const quantity = sumParts(known.map(line => ({ quantity: line.quantity, dimensions: {} })))
  const amount = sumLines(lines)
  const frame = { rule: null, lines: lines.map(explainLine), before: '0', after: amount.toFixed(), applied: true, reason }
  const step: ExplainedCost | ExplainedPrice =
    of === 'cost' ? { step: 'cost', ...frame, effective: { from: null, to: null } } : { step: 'price', ...frame, kind: 'sum', metered: quantity.toFixed() }
  return priceAmount({ amount, quantity, lines, steps: [step] }, named)
}

/** The price of an addition to a period, and the sums before it. */
type AddedPrice = PricedUsage & { readonly earlier?: { readonly metered: Decimal; readonly amount: Decimal } }

/** Returns the price of everything so far minus the price of everything before. */
function priceAdded(model: PriceModel, parts: readonly UsagePart[], before: readonly UsagePart[] | undefined): AddedPrice {
  return before === undefined ? priceUsage(model, parts) : subtract(priceUsage(model, [...before, ...parts]), priceUsage(model, before), sumParts(before))
}

/** Prices a percentage of cost. The usage of a period is one transaction, so the earlier and the added cost are priced together. */
function priceTransaction(model: PriceModel, part: UsagePart, before: readonly UsagePart[] | undefined): AddedPrice {
  if (before === undefined) return priceUsage(model, [part])
  const metered = sumParts(before)
  return subtract(priceUsage(model, [{ ...part, quantity: metered.plus(part.quantity) }]), priceUsage(model, before), metered)
}

function subtract(whole: PricedUsage, before: PricedUsage, metered: Decimal): AddedPrice {
  if (whole.state === 'unpriced') return whole
  if (before.state === 'unpriced') return before
  const amount = sumLines(before.lines)
  const line = { ...chargeOnce(`minus the price of the ${metered.toFixed()} before it in the period`, amount.neg()), quantity: metered.neg() }
  return { state: 'priced', lines: [...whole.lines, line], earlier: { metered, amount } }
}

function readEarlierParts(earlier: EarlierUsage): readonly UsagePart[] {
  if ('parts' in earlier) return earlier.parts
  throw new InvalidInput([{ path: 'earlier', message: 'must be parts, not a cost, for a metered quantity' }])
}

function readEarlierCost(earlier: EarlierUsage): Decimal {
  if ('cost' in earlier) return earlier.cost
  throw new InvalidInput([{ path: 'earlier', message: 'must be a cost, not parts, for a percentage of cost' }])
}

function costLine({ pool, unit, variant, quantity, unitPrice, per, amount }: RatedLine): PricedLine {
  const units = ZERO.plus(quantity)
  const label = pool ?? unitKey({ kind: unit, variant })
  // A price per hour has no exact price per second, so its amount is charged once.
  return per === undefined ? { label, quantity: units, units, unitPrice, amount } : { ...chargeOnce(label, amount), quantity: units }
}

function explainCost({ cost, price }: Extract<RatedUsage, { state: 'priced' }>, lines: readonly PricedLine[]): ExplainedCost {
  return {
    step: 'cost',
    rule: price.id,
    effective: { from: price.from?.toString() ?? null, to: price.to?.toString() ?? null },
    lines: lines.map(explainLine),
    before: '0',
    after: cost.toFixed(),
    applied: true,
    reason: `the ${price.source} price of ${price.provider} ${price.model}`,
  }
}

interface PricedOf {
  readonly kind: string
  readonly rule: string | undefined
  readonly before: Decimal
  readonly metered: Decimal
}

function explainPrice(
  { lines, earlier }: Extract<AddedPrice, { state: 'priced' }>,
  { kind, rule, before, metered }: PricedOf,
): { amount: Decimal; step: ExplainedPrice } {
  const amount = sumLines(lines)
  return {
    amount,
    step: {
      step: 'price',
      rule: rule ?? null,
      kind,
      metered: metered.toFixed(),
      ...(earlier && { earlier: { metered: earlier.metered.toFixed(), amount: earlier.amount.toFixed() } }),
      lines: lines.map(explainLine),
      before: before.toFixed(),
      after: amount.toFixed(),
      applied: true,
      reason: earlier === undefined ? `priced as ${kind}` : `priced as ${kind}, as an addition to the period`,
    },
  }
}

function readQuantity(quantity: Numeral, dimensions: Readonly<Record<string, string>>): readonly UsagePart[] {
  const read = readNumeral(quantity)
  const message = outOfBounds(read, COST_AMOUNT)
  if (read === undefined || message !== undefined) throw new InvalidInput([{ path: 'usage.quantity', message: message ?? NOT_EXACT }])
  return [{ quantity: read, dimensions }]
}

function readParts(drafts: readonly UsagePartDraft[], dimensions: Readonly<Record<string, string>>): readonly UsagePart[] {
  const issues: Issue[] = []
  const parts = drafts.map((part, position) => {
    const quantity = readNumeral(part.quantity)
    if (quantity === undefined) issues.push({ path: `usage.parts.${position}.quantity`, message: NOT_EXACT })
    return { quantity: quantity ?? ZERO, dimensions: { ...dimensions, ...part.dimensions } }
  })
  if (drafts.length > MAX_PARTS) issues.push({ path: 'usage.parts', message: `must be at most ${MAX_PARTS} parts` })
  if (issues.length > 0) throw new InvalidInput(issues)
  return parts
}

const NOT_EXACT = 'must be an exact number: a string such as "0.5", an integer or a decimal'
const MAX_PARTS = 1_000
