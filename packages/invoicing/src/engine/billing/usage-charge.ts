import { allocate, Decimal, type Period, ZERO } from '@tollgate/kernel'
import type { ChargeExplanation, ExplainedModel, ExplainedPart, ExplainedPeriod } from '@tollgate/charges'
import { type DueDiscount, sumOf } from '../../model/billing/due-charge.ts'

/** What the usage of one model costs, or of all models together if a price list charges them so. Exact. */
export interface UsageCharge {
  /** Null for usage without a model, and for all models together. */
  readonly provider: string | null
  readonly model: string | null
  /** Whether it is for all models together. */
  readonly allModels: boolean
  readonly usage: UsageFigures
  /** Before discounts. */
  readonly amount: Decimal
  readonly discounts: readonly DueDiscount[]
  /** How the amount was computed: one for each part of the period with rules of its own. */
  readonly explanations: readonly ExplainedPartCharge[]
}

/** Sums of some usage. */
export interface UsageFigures {
  readonly calls: number
  readonly unpricedCalls: number
  readonly tokens: Decimal
  /** Units of compute operations. */
  readonly units: Decimal
  /** What providers charge, in the currency of charges. */
  readonly cost: Decimal
}

/** How the charge of a part of a period was computed. */
export interface ExplainedPartCharge {
  readonly range: Period
  readonly explanation: ChargeExplanation
}

/** Decimal places of shares of discounts. Charges have no more. */
const SHARE_SCALE = 36

const ONE = /* @__PURE__ */ new Decimal(1)

/**
 * Splits the charge of a period over its models. The net amounts of all models add up to the charge exactly: discounts on
 * the total are shared in proportion to what the models cost without them. Usage without a price is left out.
 */
export function usageCharges(explained: ExplainedPeriod): readonly UsageCharge[] {
  const known = new Map(explained.discounts.map(discount => [discount.id, discount]))
  const drafts = new Map<string, UsageChargeDraft>()
  const draftOf = (model: Pick<ExplainedModel, 'provider' | 'model'> | null) => {
    const key = model === null ? '*' : JSON.stringify([model.provider, model.model])
    const draft = drafts.get(key) ?? new UsageChargeDraft(model)
    drafts.set(key, draft)
    return draft
  }
  for (const part of explained.parts) addPart(part, { draftOf, discountOf: (rule, amount) => toDiscount(known, rule, amount) })
  // A period never takes back more than it charges: what its parts take back beyond that belongs to no model.
  if (explained.total.charge !== null) {
    const rest = explained.total.charge.minus(sumOf([...drafts.values()].map(draft => draft.net())))
    if (!rest.isZero()) draftOf(null).amount = draftOf(null).amount.plus(rest)
  }
  return [...drafts.values()].map(draft => draft.finish())
}

interface PartSink {
  readonly draftOf: (model: Pick<ExplainedModel, 'provider' | 'model'> | null) => UsageChargeDraft
  readonly discountOf: (rule: string, amount: Decimal) => DueDiscount
}

function addPart({ range, models, total }: ExplainedPart, { draftOf, discountOf }: PartSink): void {
  if (total.state !== 'charged' || total.charge === null) return
  const ofTotal = discountsOf(total.explanation)
  const charged = models.filter(({ charge }) => charge?.state === 'charged')
  if (charged.length === 0) {
    const draft = draftOf(null)
    draft.amount = draft.amount.plus(ofTotal.reduce((sum, { amount }) => sum.plus(amount), total.charge))
    for (const { rule, amount } of ofTotal) draft.discounts.push(discountOf(rule, amount))
    for (const model of models) draft.use(model)
    draft.explain(range, total.explanation)
    return
  }
  const nets = charged.map(({ charge }) => charge?.charge ?? ZERO)
  const shares = ofTotal.map(({ rule, amount }) => ({ rule, amounts: share(amount, nets) }))
  for (const [i, model] of charged.entries()) {
    const draft = draftOf(model)
    const own = discountsOf(model.charge?.explanation ?? null)
    draft.amount = own.reduce((sum, { amount }) => sum.plus(amount), draft.amount.plus(nets[i] ?? ZERO))
    for (const { rule, amount } of own) draft.discounts.push(discountOf(rule, amount))
    for (const { rule, amounts } of shares) draft.discounts.push(discountOf(rule, amounts[i] ?? ZERO))
    draft.use(model)
    draft.explain(range, model.charge?.explanation ?? null)
  }
}

/** Shares an amount in proportion to weights. In equal parts if all are 0. */
export function share(amount: Decimal, weights: readonly Decimal[]): readonly Decimal[] {
  return allocate(amount, weights.every(weight => weight.isZero()) ? weights.map(() => ONE) : weights, SHARE_SCALE)
}

function discountsOf(explanation: ChargeExplanation | null): readonly { readonly rule: string; readonly amount: Decimal }[] {
  return (explanation?.steps ?? []).flatMap(step =>
    step.step === 'discount' && step.applied ? [{ rule: step.rule, amount: new Decimal(step.before).minus(step.after) }] : [],
  )
}

function toDiscount(
  known: ReadonlyMap<string, { readonly promotion: string; readonly budget: Decimal | undefined }>,
  rule: string,
  amount: Decimal,
): DueDiscount {
  const applied = known.get(rule)
  return { rule, promotion: applied?.promotion ?? rule, amount, budget: applied?.budget }
}

class UsageChargeDraft {
  amount = ZERO
  readonly discounts: DueDiscount[] = []
  readonly #model: Pick<ExplainedModel, 'provider' | 'model'> | null
  readonly #explanations: ExplainedPartCharge[] = []
  #usage: UsageFigures = { calls: 0, unpricedCalls: 0, tokens: ZERO, units: ZERO, cost: ZERO }

  constructor(model: Pick<ExplainedModel, 'provider' | 'model'> | null) {
    this.#model = model
  }

  use({ calls, unpricedCalls, tokens, quantity, cost }: ExplainedModel): void {
    const before = this.#usage
    this.#usage = {
      calls: before.calls + calls,
      unpricedCalls: before.unpricedCalls + unpricedCalls,
      tokens: Object.values(tokens).reduce((sum: Decimal, count) => sum.plus(String(count ?? 0)), before.tokens),
      units: before.units.plus(quantity),
      cost: before.cost.plus(cost ?? ZERO),
    }
  }

  explain(range: Period, explanation: ChargeExplanation | null): void {
    if (explanation !== null) this.#explanations.push({ range, explanation })
  }

  net(): Decimal {
    return this.discounts.reduce((left, { amount }) => left.minus(amount), this.amount)
  }

  finish(): UsageCharge {
    return {
      provider: this.#model?.provider ?? null,
      model: this.#model?.model ?? null,
      allModels: this.#model === null,
      usage: this.#usage,
      amount: this.amount,
      discounts: mergeDiscounts(this.discounts),
      explanations: this.#explanations,
    }
  }
}

/** Adds up the amounts of each version of a discount. */
export function mergeDiscounts(discounts: readonly DueDiscount[]): readonly DueDiscount[] {
  return [...Map.groupBy(discounts, ({ rule }) => rule).values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [{ ...first, amount: others.reduce((sum, { amount }) => sum.plus(amount), first.amount) }],
  )
}
