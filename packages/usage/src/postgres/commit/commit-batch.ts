import { awaitAll, type PostgresDatabase, type PostgresTransaction } from '@tollgate/postgres'
import { tenantScope } from '@tollgate/kernel'
import type { RatedEvent } from '../../event.ts'
import { judgeRepeat } from '../../judge-repeat.ts'
import type { Committed, IngestConsequence } from '../../usage-store.ts'
import { addToRollups } from './add-to-rollups.ts'
import { claimFreeKeys, claimKeys, isKeyTaken, type KeyOwner, ownersOfKeys } from './claim-keys.ts'
import { insertDimensionSets } from './insert-dimension-sets.ts'
import { eventColumns, insertEvents } from './insert-events.ts'
import type { KnownDimensionSets } from './known-dimension-sets.ts'
import type { PlacedEvent } from './placed-event.ts'
import type { RepeatWatch } from './repeat-watch.ts'
import { dailyDeltas, hourlyDeltas, type RollupDelta } from './rollup-deltas.ts'
import { type SharedColumns, sharedColumns } from './shared-columns.ts'

/** A batch to record, and where. */
export interface BatchCommit {
  readonly database: PostgresDatabase
  readonly batch: readonly PlacedEvent[]
  readonly consequences: readonly IngestConsequence[]
  readonly knownSets: KnownDimensionSets
  readonly repeats: RepeatWatch
}

/**
 * Records a batch in one transaction of three round trips, one more where keys were used before: open and claim, write,
 * commit. Locks are taken in one order by every writer: keys, dimension sets, hourly rollups, daily rollups, each
 * sorted; then the consequences'. So writers wait for each other, and never in a circle. What most writers have in
 * common, and so wait for, comes last.
 *
 * As a rule no key repeats, and the transaction is first tried as if none did. If one does, it fails at its first
 * statement, with nothing written, and is run again with a claim that tells which; as are those that follow for a while.
 */
export async function commitBatch(request: BatchCommit): Promise<Committed[]> {
  if (!request.repeats.expected()) {
    try {
      return await commitWith(claimFreeKeys, request)
    } catch (error) {
      if (!isKeyTaken(error)) throw error
    }
  }
  const committed = await commitWith(claimKeys, request)
  request.repeats.saw(committed.some(({ outcome }) => outcome !== 'accepted'))
  return committed
}

async function commitWith(claim: typeof claimKeys, { database, batch, consequences, knownSets }: BatchCommit): Promise<Committed[]> {
  const firsts = firstOfEachKey(batch)
  const newSets = knownSets.unrecorded(new Set(firsts.map(({ dimensionSet }) => dimensionSet)))
  const scope = tenantScope(...new Set(batch.map(({ event }) => event.tenantId)))

  const committed = await database.transaction(scope, async transaction => {
    const shared = sharedColumns(firsts)
    const claiming = claim(transaction, { placed: firsts, shared })
    const sets = insertDimensionSets(transaction, newSets)
    // Made while PostgreSQL is busy with the claim, as if all keys were free.
    const rows = rowsOf(firsts, shared)
    const [claimed] = await awaitAll([claiming, sets])
    if (claimed === 'all') {
      await write({ transaction, rows, consequences, accepted: firsts })
      return outcomes(batch, firsts, [])
    }
    const accepted = firsts.filter(({ event }) => claimed.has(event.id))
    const owners = await ownersOfKeys(
      transaction,
      firsts.filter(({ event }) => !claimed.has(event.id)),
    )
    if (accepted.length > 0) await write({ transaction, rows: rowsOf(accepted, sharedColumns(accepted)), consequences, accepted })
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

function rowsOf(placed: readonly PlacedEvent[], shared: SharedColumns): Rows {
  const hours = hourlyDeltas(placed)
  return { events: eventColumns(placed, shared), hours, days: dailyDeltas(hours) }
}

interface Write {
  readonly transaction: PostgresTransaction
  readonly rows: Rows
  readonly consequences: readonly IngestConsequence[]
  readonly accepted: readonly PlacedEvent[]
}

/** Sends the statements without waiting for the one before; those of the consequences come behind them. */
async function write({ transaction, rows, consequences, accepted }: Write): Promise<void> {
  await awaitAll([
    insertEvents(transaction, rows.events),
    addToRollups(transaction, 'hourly', rows.hours),
    addToRollups(transaction, 'daily', rows.days),
    runConsequences(
      transaction,
      consequences,
      accepted.map(({ event }) => event),
    ),
  ])
}

async function runConsequences(transaction: PostgresTransaction, consequences: readonly IngestConsequence[], accepted: readonly RatedEvent[]): Promise<void> {
  for (const consequence of consequences) await consequence(transaction, accepted)
}

function firstOfEachKey(batch: readonly PlacedEvent[]): PlacedEvent[] {
  const firsts = new Map<string, PlacedEvent>()
  for (const placed of batch) {
    const key = keyOf(placed.event)
    if (!firsts.has(key)) firsts.set(key, placed)
  }
  return [...firsts.values()]
}

function outcomes(batch: readonly PlacedEvent[], accepted: readonly PlacedEvent[], earlier: readonly KeyOwner[]): Committed[] {
  const recorded = new Set(accepted)
  const owners = new Map<string, KeyOwner>()
  for (const owner of [...accepted.map(({ event }) => event), ...earlier]) owners.set(keyOf(owner), owner)
  return batch.map(placed => {
    const { event } = placed
    const owner = owners.get(keyOf(event))
    if (owner === undefined) throw new Error(`No event has the key ${event.idempotencyKey} of ${event.tenantId}, although it is taken.`)
    // Not by id: the same event may be sent again, after a failure that left unknown whether it was recorded.
    return { outcome: recorded.has(placed) ? 'accepted' : judgeRepeat(owner, event), eventId: owner.id, occurredAt: owner.occurredAt }
  })
}

/** Unambiguous: PostgreSQL's text holds no NUL. */
function keyOf({ tenantId, idempotencyKey }: Pick<RatedEvent, 'tenantId' | 'idempotencyKey'>): string {
  return `${tenantId}\0${idempotencyKey}`
}
