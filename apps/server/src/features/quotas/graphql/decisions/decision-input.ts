import { InvalidInput } from '@tollgate/kernel'
import { checkMetadata, type MetadataDraft } from '@tollgate/metadata'
import type { QuotaQuestion, QuotaRequest } from '@tollgate/quotas'
import { tenantOf } from '../../../../graphql/authorize.ts'
import { builder } from '../../../../graphql/builder.ts'
import type { GraphQLContext } from '../../../../graphql/context.ts'
import { MetadataInputRef } from '../../../usage/graphql/metadata-input.ts'
import { quotaDimensions, type ServedBy } from '../../counting/quota-dimensions.ts'
import type { InputFields } from '../policies/limit-key-fields.ts'
import { QuotaMetricRef } from '../policies/policy-enums.ts'

/** An amount of a metric. */
export const QuotaRequestInputRef = builder.inputType('QuotaRequestInput', {
  description: 'An amount of a metric.',
  fields: t => ({
    metric: t.field({ type: QuotaMetricRef, required: true, description: 'The metric.' }),
    amount: t.field({
      type: 'Decimal',
      description: '0 or more, in units of the metric (USD for cost). Required; null means that it is unknown, such as the cost of a model without a price.',
    }),
    operation: t.string({ description: 'The operation, as in usage events.' }),
  }),
})

/** Input fields of a request for a decision. */
export function decisionFields(t: InputFields) {
  return {
    tenantId: t.id({ description: 'Tenant whose quotas apply. Required with an operator key; a tenant key uses its own tenant.' }),
    requests: t.field({ type: [QuotaRequestInputRef], required: true, description: '1 to 20 amounts. All of them are allowed, or none.' }),
    metadata: t.field({
      type: MetadataInputRef,
      description: 'What the work is attributed to, as in the usage event. Needed for quotas that are scoped by customer, organization, session and so on.',
    }),
    provider: t.string({ description: 'The provider. Needed for quotas that are scoped by provider.' }),
    model: t.string({ description: 'The model. Needed for quotas that are scoped by model.' }),
  }
}

/** The values of `decisionFields`. */
interface DecisionInput extends ServedBy {
  readonly tenantId?: string | null | undefined
  readonly requests: readonly (typeof QuotaRequestInputRef.$inferInput)[]
  readonly metadata?: MetadataDraft | null | undefined
}

/** Converts an input to a request for a decision, for a tenant that the viewer may act for. Throws `InvalidInput`, `Forbidden` and `NotFound`. */
export async function toDecisionRequest(context: GraphQLContext, { tenantId, requests, metadata, ...served }: DecisionInput): Promise<QuotaQuestion> {
  const checked = checkMetadata(metadata)
  if (checked.issues.length > 0) throw new InvalidInput(checked.issues)
  return { tenantId: await tenantOf(context, tenantId), requests: toRequests(requests, 'requests'), dimensions: quotaDimensions(checked.metadata, served) }
}

/** Converts amounts. Throws `InvalidInput` if one is absent: only null means unknown. */
export function toRequests(requests: readonly (typeof QuotaRequestInputRef.$inferInput)[], path: string): readonly QuotaRequest[] {
  const missing = requests.flatMap(({ amount }, i) =>
    amount === undefined ? [{ path: `${path}.${i}.amount`, message: 'is required; pass null if it is unknown' }] : [],
  )
  if (missing.length > 0) throw new InvalidInput(missing)
  return requests.map(({ amount = null, ...request }) => ({ ...request, amount }))
}
