import { Temporal, type Transaction, ZERO } from '@tollgate/kernel'
import type { SeedCommand } from './engine/commands/seed.ts'
import type { Demand } from './engine/demands/demand.ts'
import type { CounterFinder } from './engine/demands/make-demands.ts'
import { findSeeds, type PolicyChange, type Seed } from './engine/seeds/find-seeds.ts'
import type { DimensionValues } from './model/limits/dimension.ts'
import type { RecordedUsage } from './recorded-usage.ts'

/** What counters are seeded with. */
export interface SeedDependencies extends CounterFinder {
  readonly recordedUsage: RecordedUsage
  /** Called once nobody else counts usage: windows may have ended while waiting for that. */
  readonly nowMs: (tenantId: string) => number
}

/** Tenants whose usage is read together. */
const MAX_TENANTS = 500

/** Reads the usage that seeds need. Tenants that need the same time ranges of the same limit key are read together. */
export async function seedCounters(
  dependencies: SeedDependencies,
  transaction: Transaction,
  changes: readonly PolicyChange[],
): Promise<readonly SeedCommand[]> {
  const { nowMs, recordedUsage } = dependencies
  const seeds = changes.flatMap(change =>
    change.after === undefined ? [] : findSeeds(change, { nowMs: nowMs(change.after.tenantId), aheadMs: recordedUsage.aheadMs }, dependencies),
  )
  const alike = Map.groupBy(seeds, ({ policy: { limitKey }, ranges }) => JSON.stringify([limitKey, ranges.map(({ fromMs, toMs }) => [fromMs, toMs])]))
  const commands: SeedCommand[] = []
  for (const same of alike.values()) {
    for (const some of chunksOf(same, MAX_TENANTS)) commands.push(...(await seedAlike(dependencies, transaction, some)))
  }
  return commands
}

async function seedAlike(
  { recordedUsage, counterOf, nowMs }: SeedDependencies,
  transaction: Transaction,
  seeds: readonly Seed[],
): Promise<readonly SeedCommand[]> {
  const [first] = seeds
  if (first === undefined) return []
  const { metric, operation, scope } = first.policy
  const byTenant = new Map(seeds.map(seed => [seed.tenantId, seed]))
  const periods = first.ranges.map(({ fromMs, toMs }) => ({ from: instant(fromMs), to: instant(toMs) }))
  const sums = await recordedUsage.sums(transaction, { tenantIds: [...byTenant.keys()], metric, operation, scope, periods })

  /** By counter key, then by the time that stands for the step. */
  const demands = new Map<string, Map<number, Demand>>()
  for (const { tenantId, period, scopeValues, amount } of sums) {
    const seed = byTenant.get(tenantId)
    const range = seed?.ranges[period]
    if (seed === undefined || range === undefined || amount.isZero()) continue
    const { policy } = seed
    const values: DimensionValues = Object.fromEntries(scope.map((dimension, i) => [dimension, scopeValues[i]]))
    const counter = counterOf(tenantId, policy, values, range.window)
    const ofCounter = demands.get(counter.key) ?? new Map<number, Demand>()
    const known = ofCounter.get(range.atMs)?.amount ?? ZERO
    ofCounter.set(range.atMs, { request: 0, counter, policy, amount: known.plus(amount), atMs: range.atMs })
    demands.set(counter.key, ofCounter)
  }
  return [...demands.values()].flatMap((ofCounter): SeedCommand[] => {
    const ofSteps = [...ofCounter.values()]
    const tenantId = ofSteps[0]?.counter.tenantId
    return tenantId === undefined ? [] : [{ kind: 'seed', tenantId, nowMs: nowMs(tenantId), demands: ofSteps }]
  })
}

function chunksOf<Item>(items: readonly Item[], size: number): (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size))
}

function instant(epochMilliseconds: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(epochMilliseconds)
}
