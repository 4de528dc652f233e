import type { PriceDraft } from '@tollgate/pricing'
import type { DiscountDraft } from '../discounts/discount.ts'
import type { PriceModelDraft } from '../price-models/price-model.ts'
import type { CountedUsage, MarkupTerms } from '../rules/charge-rule.ts'

/** A model of a provider. */
export interface ModelName {
  readonly provider: string
  readonly model: string
}

/** The changes to simulate. Whatever is omitted stays as it is. */
export interface ChargeScenario {
  /** Provider prices that take precedence over all others. */
  readonly prices?: readonly Omit<PriceDraft, 'tenantId'>[] | undefined
  /** Models to replace, with the same tokens. */
  readonly models?: readonly { readonly from: ModelName; readonly to: ModelName }[] | undefined
  /** The tenant's plan. Null for no plan. */
  readonly plan?: string | null | undefined
  /** Replace the markups in effect. The tenant is then charged by cost. */
  readonly markups?: readonly Omit<MarkupTerms, 'kind'>[] | undefined
  /** Replace the discounts in effect. */
  readonly discounts?: readonly DiscountDraft[] | undefined
  /** Replaces cost and markups. */
  readonly priceModel?: PriceModelDraft | undefined
  /** What the price model counts. Defaults to tokens. */
  readonly counts?: CountedUsage | undefined
}
