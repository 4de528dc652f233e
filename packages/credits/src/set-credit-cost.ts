import { checkText, type Issue, Temporal } from '@tollgate/kernel'
import { readTimeAt, type TimeInput } from '@tollgate/kernel/input'
import { throwIssues } from './check-input.ts'
import type { CreditDependencies } from './credit-dependencies.ts'
import { type CreditRatesDraft, readRates } from './model/check-credit-cost.ts'
import type { CreditCost } from './model/credit-cost.ts'

/** What an operation costs from a time on. */
export interface CreditCostInput extends CreditRatesDraft {
  readonly operation: string
  /** Omit for any provider. */
  readonly provider?: string | null | undefined
  /** Omit for any model. Needs `provider`. */
  readonly model?: string | null | undefined
  /** Defaults to now. A past time changes no debit that was made. */
  readonly from?: TimeInput | null | undefined
  /** Defaults to no end. */
  readonly to?: TimeInput | null | undefined
}

const MAX_NAME_LENGTH = 128
const MAX_MODEL_LENGTH = 256

/** Adds a version of a credit cost. It ends the version before it. */
export async function setCreditCost({ store, clock, ids, costs }: CreditDependencies, input: CreditCostInput): Promise<CreditCost> {
  const now = clock.now(null)
  const issues: Issue[] = [...checkText('operation', input.operation, { max: MAX_NAME_LENGTH })]
  const { provider = null, model = null } = input
  if (provider !== null) issues.push(...checkText('provider', provider, { max: MAX_NAME_LENGTH }))
  if (model !== null) issues.push(...checkText('model', model, { max: MAX_MODEL_LENGTH }))
  if (model !== null && provider === null) issues.push({ path: 'provider', message: 'is needed if a model is named' })
  const from = readTimeAt('from', input.from, issues) ?? now
  const to = readTimeAt('to', input.to, issues)
  if (to !== null && Temporal.Instant.compare(to, from) <= 0) issues.push({ path: 'to', message: `must be after from (${from.toString()})` })
  const rates = readRates(input, issues)
  throwIssues(issues)
  const cost: CreditCost = { id: ids.uuidV7(now.epochMilliseconds), operation: input.operation, provider, model, rates, from, to }
  await store.addCost(cost)
  costs.forget()
  return cost
}
