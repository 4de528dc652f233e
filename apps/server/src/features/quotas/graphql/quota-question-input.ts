import { InvalidInput } from '@tollgate/kernel'
import { checkMetadata, type MetadataDraft } from '@tollgate/metadata'
import type { QuotaQuestion, QuotaRequest } from '@tollgate/quotas'
import { quotaDimensions, type ServedBy } from '../quota-dimensions.ts'
import { tenantOf } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import type { GraphQLContext } from '../../../graphql/context.ts'
import { MetadataInputRef } from '../../usage/graphql/metadata-input.ts'
import { QuotaMetricRef } from './quota-enums.ts'

/** An amount of a metric. */
export const QuotaRequestInputRef = builder.inputType('QuotaRequestInput', {
  description: 'An amount of a metric.',
  fields: t => ({
    metric: t.field({ type: QuotaMetricRef, required: true, description: 'Of what.' }),
    amount: t.field({
      type: 'Decimal',
      description: '0 or more, in units of the metric (USD for cost). Null where it is unknown, as the cost of a model without a price; it cannot be left out.',
    }),
    operation: t.string({ description: 'For which operation, as usage events name it.' }),
  }),
})

type Fields = Parameters<Parameters<typeof builder.inputType>[1]['fields']>[0]

/** What is asked for, and for whom. */
export function questionFields(t: Fields) {
  return {
    tenantId: t.id({ description: 'Whose quotas. Needed with an operator key; a tenant key is its tenant.' }),
    requests: t.field({ type: [QuotaRequestInputRef], required: true, description: 'From 1 to 20, decided together: all or nothing.' }),
    metadata: t.field({
      type: MetadataInputRef,
      description: 'Who and what it is for, as the usage event will say: quotas may be by customer, organization, session, …',
    }),
    provider: t.string({ description: 'Who will serve the model, where quotas are by provider.' }),
    model: t.string({ description: 'The model, where quotas are by model.' }),
  }
}

/** A question as it comes in. */
interface QuestionInput extends ServedBy {
  readonly tenantId?: string | null | undefined
  readonly requests: readonly (typeof QuotaRequestInputRef.$inferInput)[]
  readonly metadata?: MetadataDraft | null | undefined
}

/** The question, of a tenant that the viewer may act for. Throws `InvalidInput`, `Forbidden` and `NotFound`. */
export async function toQuestion(context: GraphQLContext, { tenantId, requests, metadata, ...served }: QuestionInput): Promise<QuotaQuestion> {
  const checked = checkMetadata(metadata)
  if (checked.issues.length > 0) throw new InvalidInput(checked.issues)
  return { tenantId: await tenantOf(context, tenantId), requests: toRequests(requests, 'requests'), dimensions: quotaDimensions(checked.metadata, served) }
}

/** Amounts. Throws `InvalidInput` where one is left out: only null says that it is unknown. */
export function toRequests(requests: readonly (typeof QuotaRequestInputRef.$inferInput)[], path: string): readonly QuotaRequest[] {
  const missing = requests.flatMap(({ amount }, i) =>
    amount === undefined ? [{ path: `${path}.${i}.amount`, message: 'must be given; null says that it is unknown' }] : [],
  )
  if (missing.length > 0) throw new InvalidInput(missing)
  return requests.map(({ amount = null, ...request }) => ({ ...request, amount }))
}
