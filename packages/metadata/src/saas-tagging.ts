import { checkShape, inputShape } from '@tollgate/kernel/input'
import { metadata } from './metadata-builder.ts'
import type { TaggingStrategy } from './tagging-strategy.ts'

/** Tags for an application that is sold by subscription. */
export interface SaasTags {
  /** `"app_main"`, stored as the product. */
  readonly application: string
  /** `"cust_0001"` */
  readonly customer: string
  /** `"pro"` */
  readonly tier: string
  /** `"search"` */
  readonly feature: string
  /** `"production"` */
  readonly environment?: string
}

const TAGS = /* @__PURE__ */ inputShape<SaasTags>({
  application: 'text',
  customer: 'text',
  tier: 'text',
  feature: 'text',
  environment: 'text?',
})

/** Application → customer → subscription tier → feature. */
export const saasTagging: TaggingStrategy<SaasTags> = {
  name: 'saas',
  title: 'SaaS application',
  description: 'An application has customers on subscription tiers, who use its features.',
  levels: [
    { tag: 'application', field: 'productId', dimension: 'product' },
    { tag: 'customer', field: 'customerId', dimension: 'customer' },
    { tag: 'tier', field: 'subscriptionTier', dimension: 'tier' },
    { tag: 'feature', field: 'featureId', dimension: 'feature' },
  ],
  questions: [
    { question: 'What does each customer cost, compared with what they pay?', measure: 'cost', by: ['customer'], within: ['product'] },
    { question: 'What does each subscription tier cost?', measure: 'cost', by: ['tier'], within: ['product'] },
    { question: 'Which customers of a tier cost the most?', measure: 'cost', by: ['customer'], within: ['tier'] },
    { question: 'How much is each feature used?', measure: 'calls', by: ['feature'], within: ['product'] },
    { question: 'What does each feature cost, tier by tier?', measure: 'cost', by: ['feature', 'tier'], within: ['product'] },
  ],
  tag(tags) {
    checkShape(TAGS, tags)
    const { application, customer, tier, feature, environment } = tags
    return metadata().product(application).customer(customer).tier(tier).feature(feature).environment(environment).build()
  },
}
