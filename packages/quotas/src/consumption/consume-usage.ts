import { Temporal, type Transaction } from '@tollgate/kernel'
import { type CheckedQuestion, checkQuestion, checkTenant } from '../decisions/check-requests.ts'
import type { RecordCommand } from '../counters/command.ts'
import { type Deciding, MAX_ATTEMPTS, whileStale } from '../decisions/decide-question.ts'
import { PoliciesUnsettled } from '../errors.ts'
import { makeDemands } from '../decisions/make-demands.ts'
import { mergeUsages } from './merge-usages.ts'
import type { ConsumeInput } from '../quotas.ts'
import type { TenantPolicies } from '../policies/tenant-policies.ts'

/** Usage that was checked. */
interface CheckedUsage {
  readonly question: CheckedQuestion
  readonly atMs: number
  readonly nowMs: number
  readonly settles: string | null
}

/** Counts usage that happened, in a transaction of its own. */
export async function consumeUsage(deciding: Deciding, usage: ConsumeInput, nowMs: number): Promise<void> {
  const checked = checkUsage(usage, nowMs)
  await whileStale(deciding, checked, async policies => {
    const { kind } = await deciding.store.apply(recordCommand(deciding, checked, policies))
    return kind === 'stale' ? kind : undefined
  })
}

/** Counts usage that happened, in a transaction that is handed in; anew what the store says was made by stale policies. */
export async function consumeUsageIn(deciding: Deciding, transaction: Transaction, usages: readonly ConsumeInput[], nowMs: number): Promise<void> {
  let waiting = usages
  for (let i = 0; waiting.length > 0; i++) {
    if (i === MAX_ATTEMPTS) throw new PoliciesUnsettled(waiting[0]?.tenantId ?? '', Temporal.Instant.fromEpochMilliseconds(nowMs))
    waiting = await recordAll(deciding, transaction, waiting, nowMs)
  }
}

/** Answers those that were not counted, as their policies were stale. */
async function recordAll(deciding: Deciding, transaction: Transaction, usages: readonly ConsumeInput[], nowMs: number): Promise<readonly ConsumeInput[]> {
  const byTenant = Map.groupBy(usages, ({ tenantId }) => tenantId)
  const policies = await deciding.policies.allOf([...byTenant.keys()].map(checkTenant), transaction)
  const commands = [...byTenant].flatMap(([tenantId, ofTenant]) => {
    const known = policies.get(tenantId)
    if (known === undefined) throw new Error(`No policies were read of ${tenantId}`)
    return recordCommands(deciding, ofTenant, known, nowMs)
  })
  const outcomes = await deciding.store.applyIn(transaction, commands)
  const stale = new Set(commands.flatMap(({ tenantId }, i) => (outcomes[i]?.kind === 'stale' ? [tenantId] : [])))
  for (const tenantId of stale) deciding.policies.forget(tenantId)
  return stale.size === 0 ? [] : usages.filter(({ tenantId }) => stale.has(tenantId))
}

/** One for each that settles a reservation, and one for all others; also where nothing is counted, as far as is known: whether that is still so, the store says. */
function recordCommands(deciding: Deciding, usages: readonly ConsumeInput[], policies: TenantPolicies, nowMs: number): RecordCommand[] {
  const settling = usages.filter(({ reservationId }) => reservationId !== undefined && reservationId !== null)
  const commands = settling.map(usage => recordCommand(deciding, checkUsage(usage, nowMs), policies))
  if (settling.length > 0 && settling.length === usages.length) return commands
  const others = settling.length === 0 ? usages : usages.filter(({ reservationId }) => reservationId === undefined || reservationId === null)
  const demands = mergeUsages(others, policies, { nowMs, finding: deciding })
  const { tenantId, revision } = policies
  return [...commands, { kind: 'record', tenantId, revision, nowMs, demands, settles: null, onlyIfOpen: false }]
}

function checkUsage(usage: ConsumeInput, nowMs: number): CheckedUsage {
  return { question: checkQuestion(usage), atMs: usage.at?.epochMilliseconds ?? nowMs, nowMs, settles: usage.reservationId ?? null }
}

function recordCommand(deciding: Deciding, { question, atMs, nowMs, settles }: CheckedUsage, policies: TenantPolicies): RecordCommand {
  const { demands } = makeDemands(question, policies, atMs, deciding)
  return { kind: 'record', tenantId: question.tenantId, revision: policies.revision, nowMs, demands, settles, onlyIfOpen: false }
}
