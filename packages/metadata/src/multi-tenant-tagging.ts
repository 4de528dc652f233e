import { checkShape, inputShape } from '@tollgate/kernel/input'
import { metadata } from './metadata-builder.ts'
import type { TaggingStrategy } from './tagging-strategy.ts'

/** Tags for a product that serves organizations with customers of their own. */
export interface MultiTenantTags {
  /** `"org_acme"` */
  readonly organization: string
  /** `"product_crm"` */
  readonly product: string
  /** `"cust_0001"` */
  readonly customer: string
  /** `"email_assistant"` */
  readonly feature: string
}

const TAGS = /* @__PURE__ */ inputShape<MultiTenantTags>({ organization: 'text', product: 'text', customer: 'text', feature: 'text' })

/** Organization → product → customer → feature. */
export const multiTenantTagging: TaggingStrategy<MultiTenantTags> = {
  name: 'multi-tenant',
  title: 'Multi-tenant',
  description: 'Organizations use products for their customers, through features.',
  levels: [
    { tag: 'organization', field: 'organizationId', dimension: 'organization' },
    { tag: 'product', field: 'productId', dimension: 'product' },
    { tag: 'customer', field: 'customerId', dimension: 'customer' },
    { tag: 'feature', field: 'featureId', dimension: 'feature' },
  ],
  questions: [
    { question: 'What does each organization cost?', measure: 'cost', by: ['organization'], within: [] },
    { question: 'What does each product cost within an organization?', measure: 'cost', by: ['product'], within: ['organization'] },
    { question: 'Which customers cost the most in a product?', measure: 'cost', by: ['customer'], within: ['product'] },
    { question: 'Which features drive the cost of a customer?', measure: 'cost', by: ['feature'], within: ['customer'] },
  ],
  tag(tags) {
    checkShape(TAGS, tags)
    const { organization, product, customer, feature } = tags
    return metadata().organization(organization).product(product).customer(customer).feature(feature).build()
  },
}
