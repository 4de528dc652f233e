import { Temporal, type Transaction, ZERO } from '@tollgate/kernel'
import type { OpenCommand } from '../counters/command.ts'
import type { Demand } from '../decisions/demand.ts'
import { findOpenings, type Opening, type PolicyChange } from './find-openings.ts'
import type { CounterFinding } from '../decisions/make-demands.ts'
import type { QuotaPlan } from '../policies/plan.ts'
import type { QuotaPolicy } from '../policies/policy.ts'
import type { QuotaOverride } from '../policies/policy-book.ts'
import type { DimensionValues } from '../policies/quota-dimension.ts'
import type { OpenCounters, QuotaStore } from '../quota-store.ts'
import type { PolicySource, TenantProfile } from '../policies/tenant-policies.ts'
import type { RecordedUsage } from './usage-so-far.ts'

/** What openings are worked out with. */
export interface OpeningSource extends CounterFinding {
  readonly recordedUsage: RecordedUsage
  readonly store: Pick<QuotaStore, 'policySnapshots'>
  readonly policies: Pick<PolicySource, 'made' | 'mayHave' | 'planNamed' | 'profileOf'>
  /** Asked once nobody else counts: windows may have ended while that was waited for. */
  readonly nowMs: () => number
}

/** So many tenants are read together. */
const MAX_TOGETHER = 500

/** Opens what a policy of a tenant's own begins to count. */
export function openForOverride(source: OpeningSource, override: QuotaOverride): OpenCounters {
  const { tenantId } = override
  return async transaction => {
    const [book] = await source.store.policySnapshots([tenantId], transaction)
    const profile = await source.policies.profileOf(tenantId, transaction)
    if (book === undefined) return []
    const after = { ...book, overrides: [...book.overrides, override] }
    const change = { before: source.policies.made(tenantId, book, profile), after: source.policies.made(tenantId, after, profile) }
    return openCounters(source, transaction, [change])
  }
}

/** Opens what begins to count as a tenant has another plan or calendar; whatever it has now, where nobody says what it had. */
export function openForTenant(source: OpeningSource, tenantId: string, was: TenantProfile | undefined): OpenCounters {
  return async transaction => {
    const [book] = await source.store.policySnapshots([tenantId], transaction)
    const profile = await source.policies.profileOf(tenantId, transaction)
    if (book === undefined) return []
    const before = was === undefined ? undefined : source.policies.made(tenantId, book, was)
    return openCounters(source, transaction, [{ before, after: source.policies.made(tenantId, book, profile) }])
  }
}

/** Opens what a plan that is published begins to count, for all its tenants. */
export function openForPlan(source: OpeningSource, plan: QuotaPlan): OpenCounters {
  const { policies, store, recordedUsage } = source
  return async transaction => {
    const tenantIds = await recordedUsage.tenants(transaction)
    const [any] = await store.policySnapshots(tenantIds.slice(0, 1), transaction)
    if (any === undefined || countsNoMore(policies.planNamed(plan.name, any), plan)) return []
    const profiles = await Promise.all(tenantIds.map(tenantId => policies.profileOf(tenantId, transaction)))
    const mayHave = tenantIds.flatMap((tenantId, i) => {
      const profile = profiles[i]
      return profile !== undefined && policies.mayHave(profile, plan.name) ? [{ tenantId, profile }] : []
    })
    const changes: PolicyChange[] = []
    for (const some of chunksOf(mayHave, MAX_TOGETHER)) {
      const books = await store.policySnapshots(
        some.map(({ tenantId }) => tenantId),
        transaction,
      )
      some.forEach(({ tenantId, profile }, i) => {
        const book = books[i]
        if (book === undefined) return
        const after = { ...book, plans: [...book.plans.filter(({ name }) => name !== plan.name), plan] }
        changes.push({ before: policies.made(tenantId, book, profile), after: policies.made(tenantId, after, profile) })
      })
    }
    return openCounters(source, transaction, changes)
  }
}

/** Whether every limit key of a plan was in the one before at the same times: as a rule only limits change, and nobody need be looked at. */
function countsNoMore(before: QuotaPlan | undefined, after: QuotaPlan): boolean {
  const timeOf = ({ limitKey, validFrom, validTo }: QuotaPolicy) =>
    JSON.stringify([limitKey, validFrom?.epochMilliseconds ?? null, validTo?.epochMilliseconds ?? null])
  const known = new Set(before?.policies.map(timeOf))
  return before !== undefined && after.policies.every(policy => known.has(timeOf(policy)))
}

/** Reads usage for all that the changes open; once for all tenants of which the same is asked. */
async function openCounters(source: OpeningSource, transaction: Transaction, changes: readonly PolicyChange[]): Promise<readonly OpenCommand[]> {
  const time = { nowMs: source.nowMs(), aheadMs: source.recordedUsage.aheadMs }
  const openings = changes.flatMap(change => findOpenings(change, time, source))
  const alike = Map.groupBy(openings, ({ policy: { limitKey }, stretches }) => JSON.stringify([limitKey, stretches.map(({ fromMs, toMs }) => [fromMs, toMs])]))
  const commands: OpenCommand[] = []
  for (const same of alike.values()) {
    for (const some of chunksOf(same, MAX_TOGETHER)) commands.push(...(await openAlike(source, transaction, some, time.nowMs)))
  }
  return commands
}

async function openAlike(
  { recordedUsage, counterOf }: OpeningSource,
  transaction: Transaction,
  openings: readonly Opening[],
  nowMs: number,
): Promise<readonly OpenCommand[]> {
  const [first] = openings
  if (first === undefined) return []
  const { metric, operation, scope } = first.policy
  const byTenant = new Map(openings.map(opening => [opening.tenantId, opening]))
  const periods = first.stretches.map(({ fromMs, toMs }) => ({ from: instant(fromMs), to: instant(toMs) }))
  const sums = await recordedUsage.sums(transaction, { tenantIds: [...byTenant.keys()], metric, operation, scope, periods })

  /** By counter, then by the time that names the step. */
  const opened = new Map<string, Map<number, Demand>>()
  for (const { tenantId, period, scopeValues, amount } of sums) {
    const opening = byTenant.get(tenantId)
    const stretch = opening?.stretches[period]
    if (opening === undefined || stretch === undefined || amount.isZero()) continue
    const { policy } = opening
    const values: DimensionValues = Object.fromEntries(scope.map((dimension, i) => [dimension, scopeValues[i]]))
    const counter = counterOf(tenantId, policy, values, stretch.window)
    const ofCounter = opened.get(counter.key) ?? new Map<number, Demand>()
    const known = ofCounter.get(stretch.atMs)?.amount ?? ZERO
    ofCounter.set(stretch.atMs, { request: 0, counter, policy, amount: known.plus(amount), atMs: stretch.atMs })
    opened.set(counter.key, ofCounter)
  }
  return [...opened.values()].flatMap((ofCounter): OpenCommand[] => {
    const demands = [...ofCounter.values()]
    return demands[0] === undefined ? [] : [{ kind: 'open', tenantId: demands[0].counter.tenantId, nowMs, demands }]
  })
}

function chunksOf<Item>(items: readonly Item[], size: number): (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size))
}

function instant(epochMilliseconds: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(epochMilliseconds)
}
