import { checkText, InvalidInput, NotFound, Temporal, toMicrosecond, type Transaction } from '@tollgate/kernel'
import { readTimeAt, type TimeInput } from '@tollgate/kernel/input'
import type { CollectableInvoice } from '../model/collections/collectable-invoice.ts'
import { CollectionPaused, InvoiceDisputed, NothingToCollect } from '../model/collections/collection-errors.ts'
import type { CollectionHold, DisputeResolution, HoldKind } from '../model/collections/collection-hold.ts'
import type { CollectionDependencies } from './collection-dependencies.ts'

/** A pause of collections. */
export interface PauseInput {
  readonly tenantId: string
  /** Defaults to all invoices of the tenant. */
  readonly invoiceId?: string | null | undefined
  /** Defaults to until they are resumed. */
  readonly until?: TimeInput | null | undefined
  readonly reason?: string | null | undefined
}

/** A dispute to open. */
export interface DisputeInput {
  readonly tenantId: string
  readonly invoiceId: string
  readonly reason: string
}

/** A dispute to end. */
export interface ResolveDisputeInput {
  readonly tenantId: string
  readonly disputeId: string
  readonly resolution: DisputeResolution
}

const MAX_REASON = 500

/** Starts a pause or a dispute. */
export function addHold(dependencies: CollectionDependencies, kind: HoldKind, input: PauseInput): Promise<CollectionHold> {
  const { store, clock, ids, onChange } = dependencies
  const { tenantId, invoiceId = null, reason = null } = input
  return store.transaction(tenantId, async transaction => {
    const from = toMicrosecond(clock.now(tenantId))
    const issues = reason === null ? [] : checkText('reason', reason, { max: MAX_REASON })
    const until = readTimeAt('until', input.until, issues)
    if (until !== null && Temporal.Instant.compare(until, from) <= 0) issues.push({ path: 'until', message: 'must be in the future' })
    if (issues.length > 0) throw new InvalidInput(issues)
    await store.lock(transaction, tenantId)
    if (invoiceId !== null) await requireOpen(dependencies, transaction, { tenantId, invoiceId })
    const known = await store.holds(tenantId, transaction)
    if (known.some(hold => hold.kind === kind && hold.invoiceId === invoiceId && lasts(hold, from))) throw alreadyHeld(kind, input)
    const to = until && toMicrosecond(until)
    const added: CollectionHold = { id: ids.uuidV7(from.epochMilliseconds), tenantId, kind, invoiceId, from, to, reason, resolution: null }
    await store.addHold(transaction, added)
    await onChange?.(transaction, { kind: kind === 'pause' ? 'paused' : 'disputed', tenantId, resourceId: added.id, after: { invoiceId, until, reason } })
    return added
  })
}

/** Which hold to end. */
export interface HoldEnding {
  readonly tenantId: string
  readonly which: (hold: CollectionHold) => boolean
  /** How a dispute ends. Null for a pause. */
  readonly resolution: DisputeResolution | null
  /** What there is none of if no hold is found, and its id. */
  readonly missing: readonly [resource: string, id: string]
}

/** Ends a pause or dispute now. Throws `NotFound` if it does not last. */
export function endHold({ store, clock, onChange }: CollectionDependencies, { tenantId, which, resolution, missing }: HoldEnding): Promise<CollectionHold> {
  return store.transaction(tenantId, async transaction => {
    await store.lock(transaction, tenantId)
    const to = toMicrosecond(clock.now(tenantId))
    const hold = (await store.holds(tenantId, transaction)).find(known => which(known) && lasts(known, to))
    if (hold === undefined) throw new NotFound(...missing)
    await store.endHold(transaction, { tenantId, id: hold.id, to, resolution })
    const kind = hold.kind === 'pause' ? 'resumed' : 'dispute_resolved'
    await onChange?.(transaction, { kind, tenantId, resourceId: hold.id, after: { invoiceId: hold.invoiceId, resolution } })
    return { ...hold, to, resolution }
  })
}

/** Returns an open invoice. Throws `NothingToCollect`. */
export async function requireOpen(
  { invoices }: Pick<CollectionDependencies, 'invoices'>,
  transaction: Transaction,
  { tenantId, invoiceId }: { readonly tenantId: string; readonly invoiceId: string },
): Promise<CollectableInvoice> {
  const invoice = (await invoices.collectable(transaction, tenantId)).find(({ id }) => id === invoiceId)
  if (invoice === undefined) throw new NothingToCollect(invoiceId)
  return invoice
}

function alreadyHeld(kind: HoldKind, { tenantId, invoiceId = null }: PauseInput): Error {
  if (kind === 'dispute') return new InvoiceDisputed(invoiceId ?? '')
  return new CollectionPaused(invoiceId === null ? `the tenant ${tenantId}` : `the invoice ${invoiceId}`)
}

function lasts({ to }: CollectionHold, at: Temporal.Instant): boolean {
  return to === null || Temporal.Instant.compare(at, to) < 0
}
