import { awaitAll, type EncodedColumns, type PostgresDatabase, type PostgresTransaction } from '@tollgate/postgres'
import { tenantScope } from '@tollgate/kernel'
import { classifyDuplicate } from '../../engine/classify-duplicate.ts'
import type { Committed } from '../../model/committed.ts'
import type { RatedEvent } from '../../model/event.ts'
import type { AcceptedHook, CommitHook, OutcomeHook } from '../../usage-store.ts'
import type { PreparedEvent } from '../schema/event-columns.ts'
import type { RollupDelta } from '../schema/rollup-columns.ts'
import { addDetails } from './add-details.ts'
import { addToRollups } from './add-to-rollups.ts'
import { claimFreeKeys, claimKeys, findKeyOwners, isKeyTaken, type KeyOwner } from './claim-keys.ts'
import type { DimensionSetCache } from './dimension-set-cache.ts'
import type { DuplicateForecast } from './duplicate-forecast.ts'
import { insertDimensionSets } from './insert-dimension-sets.ts'
import { encodeEvents, type EventInsert, insertEvents } from './insert-events.ts'
import { dailyDeltas, hourlyDeltas } from './rollup-deltas.ts'

/** A batch to record, and what that needs. */
export interface BatchCommit {
  readonly database: PostgresDatabase
  readonly batch: readonly PreparedEvent[]
  readonly hooks: readonly CommitHook[]
  readonly onOutcomes?: OutcomeHook | undefined
  readonly setCache: DimensionSetCache
  readonly duplicates: DuplicateForecast
}

/**
 * Records a batch in one transaction of three round trips: begin and claim keys, write, commit. Keys that were used
 * before cost one more. Every writer takes locks in the same order: keys, dimension sets, those of the first statements of
 * hooks that are prepared, hourly rollups, daily rollups, details of both, each sorted, then those of the other hooks. So
 * writers wait for each other but cannot deadlock, and the locks that most writers share are taken last.
 *
 * The transaction is first tried as if all keys were new. If one is not, it fails at its first statement, with nothing
 * written, and runs again with a claim that says which keys were taken. After that, batches use this claim for a while.
 */
export async function commitBatch(request: BatchCommit): Promise<Committed[]> {
  if (!request.duplicates.areExpected()) {
    try {
      return await commitWith(claimFreeKeys, request)
    } catch (error) {
      if (!isKeyTaken(error)) throw error
    }
  }
  const committed = await commitWith(claimKeys, request)
  request.duplicates.observe(committed.some(({ outcome }) => outcome !== 'accepted'))
  return committed
}

async function commitWith(claim: typeof claimKeys, { database, batch, hooks, onOutcomes, setCache }: BatchCommit): Promise<Committed[]> {
  const firsts = firstOfEachKey(batch)
  const newSets = setCache.unsaved(new Set(firsts.map(({ dimensionSet }) => dimensionSet)))
  const scope = tenantScope(...new Set(batch.map(({ event }) => event.tenantId)))

  const committed = await database.transaction(scope, async transaction => {
    // Called when the writes were sent, so that PostgreSQL works in the meantime.
    const report = async (accepted: readonly PreparedEvent[], owners: readonly KeyOwner[]) => {
      const results = outcomes(batch, accepted, owners)
      await onOutcomes?.(transaction, results)
      return results
    }
    const encoded: EncodedColumns<PreparedEvent> = new Map()
    const claiming = claim(transaction, { events: firsts, encoded })
    const insertingSets = insertDimensionSets(transaction, newSets)
    const preparing = prepareHooks(transaction, hooks, firsts)
    // Encoded while PostgreSQL works on the claim, as if all keys were free.
    const rows = encodeRows(firsts, encoded)
    const [claimed, , prepared] = await awaitAll([claiming, insertingSets, preparing])
    if (claimed === 'all') {
      const [, results] = await awaitAll([write({ transaction, rows, hooks: prepared, accepted: firsts }), report(firsts, [])])
      return results
    }
    const accepted = firsts.filter(({ event }) => claimed.has(event.id))
    const owners = await findKeyOwners(
      transaction,
      firsts.filter(({ event }) => !claimed.has(event.id)),
    )
    const writing = accepted.length > 0 ? write({ transaction, rows: encodeRows(accepted), hooks: prepared, accepted }) : Promise.resolve()
    const [, results] = await awaitAll([writing, report(accepted, owners)])
    return results
  })
  setCache.markSaved(newSets)
  return committed
}

interface EncodedRows {
  readonly events: EventInsert
  readonly hours: readonly RollupDelta[]
  readonly days: readonly RollupDelta[]
}

function encodeRows(events: readonly PreparedEvent[], encoded?: EncodedColumns<PreparedEvent>): EncodedRows {
  const hours = hourlyDeltas(events)
  return { events: encodeEvents(events, encoded), hours, days: dailyDeltas(hours) }
}

interface Write {
  readonly transaction: PostgresTransaction
  readonly rows: EncodedRows
  readonly hooks: readonly ReadyHook[]
  readonly accepted: readonly PreparedEvent[]
}

/**
 * Sends all statements without waiting for each other. The events come first, which lock nothing that other writers wait for. The
 * first statements of a hook that is prepared come next, so that it works on what they return while PostgreSQL adds to rollups.
 */
async function write({ transaction, rows, hooks, accepted }: Write): Promise<void> {
  const inserting = insertEvents(transaction, rows.events)
  const running = runHooks(
    transaction,
    hooks,
    accepted.map(({ event }) => event),
  )
  await awaitAll([
    inserting,
    addToRollups(transaction, 'hourly', rows.hours),
    addToRollups(transaction, 'daily', rows.days),
    addDetails(transaction, 'hourly', rows.hours),
    addDetails(transaction, 'daily', rows.days),
    running,
  ])
}

/** A hook that can run. */
interface ReadyHook {
  readonly run: AcceptedHook
  readonly isPrepared: boolean
}

function prepareHooks(transaction: PostgresTransaction, hooks: readonly CommitHook[], firsts: readonly PreparedEvent[]): Promise<ReadyHook[]> {
  const events = firsts.map(({ event }) => event)
  return awaitAll(
    hooks.map(async hook =>
      typeof hook === 'function' ? { run: hook, isPrepared: false } : { run: await hook.prepare(transaction, events), isPrepared: true },
    ),
  )
}

async function runHooks(transaction: PostgresTransaction, hooks: readonly ReadyHook[], accepted: readonly RatedEvent[]): Promise<void> {
  for (const { run, isPrepared } of hooks) {
    // The statements of other hooks follow those of the commit.
    if (!isPrepared) await Promise.resolve()
    await run(transaction, accepted)
  }
}

function firstOfEachKey(batch: readonly PreparedEvent[]): PreparedEvent[] {
  const firsts = new Map<string, PreparedEvent>()
  for (const prepared of batch) {
    const key = keyOf(prepared.event)
    if (!firsts.has(key)) firsts.set(key, prepared)
  }
  return [...firsts.values()]
}

function outcomes(batch: readonly PreparedEvent[], accepted: readonly PreparedEvent[], earlier: readonly KeyOwner[]): Committed[] {
  const recorded = new Set(accepted)
  const owners = new Map<string, KeyOwner>()
  for (const owner of [...accepted.map(({ event }) => event), ...earlier]) owners.set(keyOf(owner), owner)
  return batch.map(prepared => {
    const { event } = prepared
    const owner = owners.get(keyOf(event))
    if (owner === undefined) throw new Error(`The key ${event.idempotencyKey} of ${event.tenantId} is taken, but no event has it.`)
    // Not compared by id: a caller may send the same event again after a failure that left the outcome unknown.
    return { outcome: recorded.has(prepared) ? 'accepted' : classifyDuplicate(owner, event), eventId: owner.id, occurredAt: owner.occurredAt }
  })
}

/** Unambiguous, because text in PostgreSQL cannot contain NUL. */
function keyOf({ tenantId, idempotencyKey }: Pick<RatedEvent, 'tenantId' | 'idempotencyKey'>): string {
  return `${tenantId}\0${idempotencyKey}`
}
