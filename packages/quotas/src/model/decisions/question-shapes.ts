import { inputShape } from '@tollgate/kernel/input'
import type { QuotaQuestion, QuotaRequest } from './question.ts'

/** The fields of a request. */
export const REQUEST = inputShape<QuotaRequest>({ metric: 'text', amount: 'amount|null', operation: 'text?' })

/** The rules for the fields of a question, which several inputs have. */
export const QUESTION_FIELDS = { tenantId: 'text', requests: 'list', dimensions: 'object?' } as const satisfies Record<keyof QuotaQuestion, string>
