import { Temporal, type Transaction } from '@tollgate/kernel'
import { type CheckedQuestion, checkQuestion } from './check-requests.ts'
import type { RecordCommand } from './command.ts'
import { type Deciding, MOST_ATTEMPTS, whileStale } from './decide-question.ts'
import { PoliciesUnsettled } from './errors.ts'
import { makeDemands } from './make-demands.ts'
import type { QuotaUsage } from './quotas.ts'
import type { TenantPolicies } from './tenant-policies.ts'

/** Usage that was checked. */
interface CheckedUsage {
  readonly question: CheckedQuestion
  readonly atMs: number
  readonly nowMs: number
  readonly settles: string | null
}

/** Counts usage that happened, in a transaction of its own. */
export async function consumeUsage(deciding: Deciding, usage: QuotaUsage, nowMs: number): Promise<void> {
  const checked = checkUsage(usage, nowMs)
  await whileStale(deciding, checked, async policies => {
    const { kind } = await deciding.store.apply(recordCommand(deciding, checked, policies))
    return kind === 'stale' ? kind : undefined
  })
}

/** Counts usage that happened, in a transaction that is handed in. Only what was made by stale policies is made anew. */
export async function consumeUsageIn(deciding: Deciding, transaction: Transaction, usages: readonly QuotaUsage[], nowMs: number): Promise<void> {
  let waiting = usages.map(usage => checkUsage(usage, nowMs))
  for (let i = 0; waiting.length > 0; i++) {
    if (i === MOST_ATTEMPTS) throw new PoliciesUnsettled(waiting[0]?.question.tenantId ?? '', Temporal.Instant.fromEpochMilliseconds(nowMs))
    waiting = await recordAll(deciding, transaction, waiting)
  }
}

/** Answers those that were not counted, as their policies were stale. */
async function recordAll(deciding: Deciding, transaction: Transaction, usages: readonly CheckedUsage[]): Promise<CheckedUsage[]> {
  const policies = await deciding.policies.allOf(
    usages.map(({ question }) => question.tenantId),
    transaction,
  )
  // Also those that nothing is counted of, as far as is known: whether that is still so, the store says.
  const commands = usages.map(usage => {
    const ofTenant = policies.get(usage.question.tenantId)
    if (ofTenant === undefined) throw new Error(`No policies were read of ${usage.question.tenantId}`)
    return recordCommand(deciding, usage, ofTenant)
  })
  const outcomes = await deciding.store.applyIn(transaction, commands)
  const stale = usages.filter((_, i) => outcomes[i]?.kind === 'stale')
  for (const { question } of stale) deciding.policies.forget(question.tenantId)
  return stale
}

function checkUsage(usage: QuotaUsage, nowMs: number): CheckedUsage {
  return { question: checkQuestion(usage), atMs: usage.at?.epochMilliseconds ?? nowMs, nowMs, settles: usage.reservationId ?? null }
}

function recordCommand(deciding: Deciding, { question, atMs, nowMs, settles }: CheckedUsage, policies: TenantPolicies): RecordCommand {
  const { demands } = makeDemands(question, policies, atMs, deciding)
  return { kind: 'record', tenantId: question.tenantId, revision: policies.revision, nowMs, demands, settles, onlyIfOpen: false }
}
