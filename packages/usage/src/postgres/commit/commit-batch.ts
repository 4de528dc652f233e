import { tenantScope } from '@tollgate/kernel'
import type { PostgresDatabase, PostgresTransaction } from '@tollgate/kernel/postgres'
import type { RatedEvent } from '../../event.ts'
import { judgeRepeat } from '../../judge-repeat.ts'
import type { Committed, IngestConsequence } from '../../usage-store.ts'
import { addToRollups } from './add-to-rollups.ts'
import { claimKeys, type KeyOwner, ownersOfKeys } from './claim-keys.ts'
import { insertDimensionSets } from './insert-dimension-sets.ts'
import { eventColumns, insertEvents, type PlacedEvent } from './insert-events.ts'
import type { IdentifiedSet, KnownDimensionSets } from './known-dimension-sets.ts'
import { dailyDeltas, hourlyDeltas, type RollupDelta } from './rollup-deltas.ts'

/** A batch to record, and where. */
export interface BatchCommit {
  readonly database: PostgresDatabase
  readonly batch: readonly RatedEvent[]
  readonly consequences: readonly IngestConsequence[]
  readonly knownSets: KnownDimensionSets
}

interface IdentifiedEvent {
  readonly event: RatedEvent
  readonly identified: IdentifiedSet
}

/**
 * Records a batch in one transaction of three round trips, one more where keys were used before: open and claim, write,
 * commit. Locks are taken in one order by every writer: keys, dimension sets, hourly rollups, daily rollups, each
 * sorted; then the consequences'. So writers wait for each other, and never in a circle. What most writers have in
 * common, and so wait for, comes last.
 */
export async function commitBatch({ database, batch, consequences, knownSets }: BatchCommit): Promise<Committed[]> {
  const firsts = firstOfEachKey(batch)
  const identified = firsts.map(event => ({ event, identified: knownSets.identify(event) }))
  const newSets = knownSets.unrecorded(new Set(identified.map(entry => entry.identified)))
  const scope = tenantScope(...new Set(batch.map(event => event.tenantId)))

  const committed = await database.transaction(scope, async transaction => {
    const claim = claimKeys(transaction, firsts)
    const sets = insertDimensionSets(transaction, newSets)
    // Made while PostgreSQL is busy with the claim, as if all keys were new: nearly always they are.
    let rows = rowsOf(identified)
    const [taken] = await settled([claim, sets])
    const accepted = taken.size === 0 ? identified : identified.filter(({ event }) => !taken.has(event.id))
    const owners = taken.size === 0 ? [] : await ownersOfKeys(transaction, firsts.filter(event => taken.has(event.id)))
    if (taken.size > 0) rows = rowsOf(accepted)
    if (accepted.length > 0) {
      const acceptedEvents = accepted.map(({ event }) => event)
      await settled([...write(transaction, rows), runConsequences(transaction, consequences, acceptedEvents)])
    }
    return outcomes(batch, accepted, owners)
  })
  knownSets.markRecorded(newSets)
  return committed
}

interface Rows {
  readonly events: unknown[]
  readonly hours: RollupDelta[]
  readonly days: RollupDelta[]
}

function rowsOf(identified: readonly IdentifiedEvent[]): Rows {
  const placed: PlacedEvent[] = identified.map(entry => ({ event: entry.event, dimensionSetId: entry.identified.id }))
  const hours = hourlyDeltas(placed)
  return { events: eventColumns(placed), hours, days: dailyDeltas(hours) }
}

/** Sends the statements without waiting for the one before. */
function write(transaction: PostgresTransaction, { events, hours, days }: Rows): Promise<void>[] {
  return [insertEvents(transaction, events), addToRollups(transaction, 'rollups_hourly', hours), addToRollups(transaction, 'rollups_daily', days)]
}

async function runConsequences(transaction: PostgresTransaction, consequences: readonly IngestConsequence[], accepted: readonly RatedEvent[]): Promise<void> {
  for (const consequence of consequences) await consequence(transaction, accepted)
}

/**
 * Like `Promise.all`, but waits for every one before it throws the first error: nothing may still use the transaction
 * when it is rolled back.
 */
async function settled<const Promises extends readonly Promise<unknown>[]>(promises: Promises): Promise<{ [Index in keyof Promises]: Awaited<Promises[Index]> }> {
  await Promise.allSettled(promises)
  return Promise.all(promises) as Promise<{ [Index in keyof Promises]: Awaited<Promises[Index]> }>
}

function firstOfEachKey(batch: readonly RatedEvent[]): RatedEvent[] {
  const firsts = new Map<string, RatedEvent>()
  for (const event of batch) {
    const key = keyOf(event)
    if (!firsts.has(key)) firsts.set(key, event)
  }
  return [...firsts.values()]
}

function outcomes(batch: readonly RatedEvent[], accepted: readonly IdentifiedEvent[], owners: readonly KeyOwner[]): Committed[] {
  const ownerOf = new Map<string, KeyOwner>()
  for (const owner of owners) ownerOf.set(keyOf(owner), owner)
  for (const { event } of accepted) ownerOf.set(keyOf(event), event)
  return batch.map(event => {
    const owner = ownerOf.get(keyOf(event))
    if (owner === undefined) throw new Error(`No event has the key ${event.idempotencyKey} of ${event.tenantId}, although it is taken.`)
    return { outcome: owner === event ? 'accepted' : judgeRepeat(owner, event), eventId: owner.id, occurredAt: owner.occurredAt }
  })
}

/** Unambiguous: PostgreSQL's text holds no NUL. */
function keyOf({ tenantId, idempotencyKey }: Pick<RatedEvent, 'tenantId' | 'idempotencyKey'>): string {
  return `${tenantId}\0${idempotencyKey}`
}
