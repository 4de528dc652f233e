import type { RatedUsage } from '@tollgate/pricing'
import { type Decimal, InvalidInput, type Issue, ZERO } from '@tollgate/kernel'
import { type Numeral, outOfBounds, readNumeral } from '../../model/numbers/numeral.ts'
import { type ExplainedCost, type ExplainedPrice, explainLine } from '../../model/explanation/charge-explanation.ts'
import { chargeOnce, type PricedLine, sumLines } from '../../model/price-models/priced-line.ts'
import type { PriceModel } from '../../model/price-models/price-model.ts'
import { type PricedUsage, priceUsage } from '../../model/price-models/price-usage.ts'
import { sumParts, type UsagePart } from '../../model/price-models/usage-part.ts'

/** A part of what was metered, as it is handed in; its dimensions go before those of the context. */
export interface UsagePartDraft {
  readonly quantity: Numeral
  readonly dimensions?: Readonly<Record<string, string>> | undefined
}

/** Amounts that are known already: costs on record, or charges of parts that were worked out by themselves. */
export interface KnownAmounts {
  /** `cost` is what providers charge; `charge` comes after markups. */
  readonly of: 'cost' | 'charge'
  readonly lines: readonly { readonly label: string; readonly quantity: Decimal; readonly amount: Decimal }[]
  /** Where they come from, for people. */
  readonly reason: string
}

/**
 * What is charged: a metered quantity, parts of one (a matrix tells them apart), what the provider charges, or amounts
 * that are summed.
 */
export type ChargedUsage =
  | { readonly quantity: Numeral }
  | { readonly parts: readonly UsagePartDraft[] }
  | { readonly cost: RatedUsage }
  | { readonly known: KnownAmounts }

/**
 * What a price counted in the period before what is charged now: it is priced as what it adds, so that tiers, blocks,
 * included units, fees and bounds are those of the period and not of each part. Parts, or the cost where the price is a
 * percentage of it.
 */
export type EarlierUsage = { readonly parts: readonly UsagePart[] } | { readonly cost: Decimal }

/** How what is charged is priced. */
export interface ChargePrice {
  readonly usage: ChargedUsage
  /** Needed for a quantity. A cost passes as it is where there is none, and else must have a percentage. */
  readonly priceModel: PriceModel | undefined
  /** What the explanation calls the model. */
  readonly priceModelId: string | undefined
  /** Undefined where nothing of the period was charged before: then fees and minimums fall due. */
  readonly earlier: EarlierUsage | undefined
  readonly dimensions: Readonly<Record<string, string>>
}

/** A price before markups: its lines sum to the amount. */
export type ChargeSubtotal =
  | {
      readonly state: 'priced'
      readonly amount: Decimal
      readonly quantity: Decimal
      readonly lines: readonly PricedLine[]
      readonly steps: readonly (ExplainedCost | ExplainedPrice)[]
    }
  | { readonly state: 'unpriced'; readonly reason: string }

/** Charges have as many digits as shares have. */
const KNOWN_AMOUNT = { from: 0, to: '1000000000000000000000000', scale: 36 }
/** A part of a period may take back what the parts before it came to. */
const KNOWN_CHARGE = { ...KNOWN_AMOUNT, from: '-1000000000000000000000000' }
const COST_AMOUNT = { from: 0, to: Number.MAX_SAFE_INTEGER, scale: 24 }

/** Prices what is charged. Throws `InvalidInput` for a quantity or cost out of bounds, or a model that does not fit. */
export function priceCharge({ usage, priceModel, priceModelId, earlier, dimensions }: ChargePrice): ChargeSubtotal {
  const named = { priceModel, priceModelId, earlier }
  if ('cost' in usage) return priceCost(usage.cost, named)
  if ('known' in usage) return priceKnown(usage.known, named)
  if (priceModel === undefined) throw new InvalidInput([{ path: 'priceModel', message: 'must be given for a metered quantity' }])
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
  if (rated.state === 'unpriced') return { state: 'unpriced', reason: rated.reason }
  const tooLong = outOfBounds(rated.cost, COST_AMOUNT)
  if (tooLong !== undefined) throw new InvalidInput([{ path: 'usage.cost', message: tooLong }])
  const lines = rated.lines.map(costLine)
  // Requests are not tokens: they are charged, not counted.
  const quantity = rated.lines.reduce((sum, line) => (line.pool === 'request' ? sum : sum.plus(line.quantity)), ZERO)
  const costStep = explainCost(rated, lines)
  return priceAmount({ amount: rated.cost, quantity, lines, steps: [costStep] }, named)
}

/** An amount as it is, or a percentage of it. */
function priceAmount(known: Omit<Extract<ChargeSubtotal, { state: 'priced' }>, 'state'>, { priceModel, priceModelId, earlier }: NamedPrice): ChargeSubtotal {
  if (priceModel === undefined) return { state: 'priced', ...known }
  if (priceModel.kind !== 'percentage')
    throw new InvalidInput([{ path: 'priceModel.kind', message: `must be percentage where a cost is priced, not ${priceModel.kind}` }])
  const before = earlier && [{ quantity: readEarlierCost(earlier), dimensions: {} }]
  const priced = priceTransaction(priceModel, { quantity: known.amount, dimensions: {} }, before)
  if (priced.state === 'unpriced') return priced
  const { amount, step } = explainPrice(priced, { kind: priceModel.kind, rule: priceModelId, before: known.amount, metered: known.amount })
  return { state: 'priced', amount, quantity: known.quantity, lines: priced.lines, steps: [...known.steps, step] }
}

function priceKnown({ of, lines: known, reason }: KnownAmounts, named: NamedPrice): ChargeSubtotal {
  if (of === 'charge' && named.priceModel !== undefined)
    throw new InvalidInput([{ path: 'priceModel', message: 'must not be given where charges are summed: they were priced' }])
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

/** The lines of what is added to a period, and what was before. */
type AddedPrice = PricedUsage & { readonly earlier?: { readonly metered: Decimal; readonly amount: Decimal } }

/** The price of everything so far, less that of what was before. */
function priceAdded(model: PriceModel, parts: readonly UsagePart[], before: readonly UsagePart[] | undefined): AddedPrice {
  return before === undefined ? priceUsage(model, parts) : takeOff(priceUsage(model, [...before, ...parts]), priceUsage(model, before), sumParts(before))
}

/** The use of a period is one transaction: so the cost before it and the cost added are priced together. */
function priceTransaction(model: PriceModel, part: UsagePart, before: readonly UsagePart[] | undefined): AddedPrice {
  if (before === undefined) return priceUsage(model, [part])
  const metered = sumParts(before)
  return takeOff(priceUsage(model, [{ ...part, quantity: metered.plus(part.quantity) }]), priceUsage(model, before), metered)
}

function takeOff(whole: PricedUsage, before: PricedUsage, metered: Decimal): AddedPrice {
  if (whole.state === 'unpriced') return whole
  if (before.state === 'unpriced') return before
  const amount = sumLines(before.lines)
  const line = { ...chargeOnce(`less what the ${metered.toFixed()} before it in the period come to`, amount.neg()), quantity: metered.neg() }
  return { state: 'priced', lines: [...whole.lines, line], earlier: { metered, amount } }
}

function readEarlierParts(earlier: EarlierUsage): readonly UsagePart[] {
  if ('parts' in earlier) return earlier.parts
  throw new InvalidInput([{ path: 'earlier', message: 'must be parts where a metered quantity is priced, not a cost' }])
}

function readEarlierCost(earlier: EarlierUsage): Decimal {
  if ('cost' in earlier) return earlier.cost
  throw new InvalidInput([{ path: 'earlier', message: 'must be a cost where a percentage of costs is charged, not parts' }])
}

function costLine({ pool, quantity, unitPrice, amount }: Extract<RatedUsage, { state: 'priced' }>['lines'][number]): PricedLine {
  const units = ZERO.plus(quantity)
  return { label: pool, quantity: units, units, unitPrice, amount }
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
      reason: earlier === undefined ? `the price is ${kind}` : `the price is ${kind}, and this is what it adds to the period`,
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
  if (drafts.length > MAX_PARTS) issues.push({ path: 'usage.parts', message: `must be at most ${MAX_PARTS}` })
  if (issues.length > 0) throw new InvalidInput(issues)
  return parts
}

const NOT_EXACT = 'must be an exact number: text such as "0.5", a whole number or a decimal'
const MAX_PARTS = 1_000
