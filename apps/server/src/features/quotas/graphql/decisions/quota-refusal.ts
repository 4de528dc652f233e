import type { Refusal } from '@tollgate/quotas'
import { builder } from '../../../../graphql/builder.ts'
import type { EnumValues } from '../../../../graphql/enum-values.ts'

/** Why a request was refused. */
export const QuotaRefusalRef = builder.enumType('QuotaRefusal', {
  description: 'Why a request was refused.',
  values: {
    OVER_LIMIT: { value: 'over_limit', description: 'It does not fit under the limit now. `retryAfterMs` says when to try again.' },
    HOLD_TOO_LARGE: { value: 'hold_too_large', description: 'It is larger than one reservation may be.' },
    UNKNOWN_AMOUNT: { value: 'unknown_amount', description: 'Its amount is unknown, and the quota denies unknown amounts.' },
    NO_POLICY: { value: 'no_policy', description: 'Its metric has no quota, and the plan denies unlisted metrics.' },
    TOO_FEW_CREDITS: { value: 'too_few_credits', description: 'The wallet that pays has too few credits. `remaining` is what can be spent.' },
    STORE_FAILURE: { value: 'store_failure', description: 'The database does not answer, and the quota denies requests then.' },
  } as const satisfies EnumValues<Refusal>,
})
