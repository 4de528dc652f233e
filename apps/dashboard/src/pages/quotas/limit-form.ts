import { formatDecimal } from '../../ui/format.ts'
import { itemsOf, textOrNull } from '../../ui/typed-text.ts'
import { ENFORCEMENTS } from './enforcements.ts'
import type { PlanLimitFragment, PublishQuotaPlanMutationVariables } from './quota-plans.operations.ts'

export type PolicyInput = PublishQuotaPlanMutationVariables['input']['policies'][number]

/** What a form does not ask of a limit, and keeps. */
type Kept = Pick<PlanLimitFragment, 'largestHold' | 'lease' | 'validFrom' | 'validTo' | 'unknownAmount' | 'storeFailure' | 'enforcement'>

/** A limit, as it is typed. */
export interface LimitForm {
  readonly metric: PolicyInput['metric']
  readonly operation: string
  readonly window: PolicyInput['window']
  readonly sliding: boolean
  readonly scope: NonNullable<PlanLimitFragment['scope']>
  /** Empty for no limit. */
  readonly limit: string
  readonly enforcement: PlanLimitFragment['enforcement']
  /** How far usage may go over the limit: "10 %" of it, or "500". */
  readonly grace: string
  /** Percentages, with commas. */
  readonly alertAt: string
  readonly kept?: Kept
}

/** Returns the form of a new limit. */
export function newLimit(): LimitForm {
  return {
    metric: 'REQUESTS',
    operation: '',
    window: 'MONTH',
    sliding: false,
    scope: [],
    limit: '',
    enforcement: 'HARD',
    grace: '10 %',
    alertAt: '50, 80, 100',
  }
}

/** Returns the form of a limit that exists. */
export function formOfLimit(policy: PlanLimitFragment): LimitForm {
  const { metric, operation, window, sliding, scope, limit, enforcement, alertAt } = policy
  return {
    metric,
    operation: operation ?? '',
    window,
    sliding,
    scope,
    limit: limit ?? '',
    enforcement,
    grace: graceText(policy.grace) ?? '10 %',
    alertAt: alertAt.join(', '),
    kept: policy,
  }
}

/** Returns the fields that tell a limit from others. */
export function keyOf({ metric, operation, window, sliding, scope }: LimitForm) {
  return { metric, operation: metric === 'OPERATIONS' ? textOrNull(operation) : null, window, sliding, scope }
}

/** Returns the input that a form stands for. What it does not ask stays as it was. */
export function policyOf(form: LimitForm): PolicyInput {
  const { limit, enforcement, grace, alertAt, kept } = form
  return {
    ...keyOf(form),
    limit: textOrNull(limit),
    enforcement,
    grace: enforcement === 'GRACE' ? graceOf(grace) : null,
    alertAt: itemsOf(alertAt),
    ...(kept !== undefined && keptOf(kept, enforcement)),
  }
}

/** What happens to requests that cannot be counted follows the enforcement by default: it is kept with the enforcement that it was set with. */
function keptOf(kept: Kept, enforcement: LimitForm['enforcement']) {
  const { largestHold, lease, validFrom, validTo, unknownAmount, storeFailure } = kept
  return { largestHold, lease, validFrom, validTo, ...(kept.enforcement === enforcement && { unknownAmount, storeFailure }) }
}

/** Says what a limit allows: "at most 1,000, then refused; alerts at 50 % and 80 %". */
export function termsText({ limit, enforcement, grace, alertAt }: PolicyTerms): string {
  if (limit === null || limit === undefined) return 'no limit'
  const then = enforcement === 'GRACE' ? `then up to ${graceText(grace ?? null) ?? '?'} more` : `then ${ENFORCEMENTS[enforcement ?? 'HARD']}`
  const alerts = alertAt?.map(percent => `${formatDecimal(percent)} %`).join(', ')
  return `at most ${formatDecimal(limit)}, ${then}; ${alerts === undefined || alerts === '' ? 'no alerts' : `alerts at ${alerts}`}`
}

/** What a limit allows, as the API says or takes it. */
export interface PolicyTerms {
  readonly limit?: string | null | undefined
  readonly enforcement?: LimitForm['enforcement'] | null | undefined
  readonly grace?: { readonly percent?: string | null | undefined; readonly amount?: string | null | undefined } | null | undefined
  readonly alertAt?: readonly string[] | null | undefined
}

function graceText(grace: PolicyTerms['grace']): string | undefined {
  if (grace === null || grace === undefined) return undefined
  return grace.percent === null || grace.percent === undefined ? (grace.amount ?? undefined) : `${grace.percent} %`
}

function graceOf(typed: string): NonNullable<PolicyInput['grace']> {
  const text = typed.trim()
  return text.endsWith('%') ? { percent: text.slice(0, -1).trim() } : { amount: text }
}
