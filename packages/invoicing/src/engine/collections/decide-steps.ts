import { type Decimal, Temporal, ZERO } from '@tollgate/kernel'
import type { CollectableInvoice, PaidChange } from '../../model/collections/collectable-invoice.ts'
import type { CollectionHold } from '../../model/collections/collection-hold.ts'
import type { CollectionPolicy } from '../../model/collections/collection-policy.ts'
import type { CollectionStep } from '../../model/collections/collection-step.ts'
import { lateFee, maximumLateFee } from './late-fee.ts'
import { afterDays, isHeld, mergeHolds, type Stretch } from './stop-clock.ts'

/** What the steps for an invoice depend on. */
export interface CollectionCase {
  readonly policy: CollectionPolicy
  readonly invoice: CollectableInvoice
  /** Holds of the invoice and of its tenant. */
  readonly holds: readonly CollectionHold[]
  /** The steps that were taken before. */
  readonly taken: readonly CollectionStep[]
  /** What was paid of the invoice, and when. */
  readonly paid: readonly PaidChange[]
  readonly now: Temporal.Instant
}

/** A step to take now. */
export type DecidedStep = Omit<CollectionStep, 'tenantId' | 'takenAt'>

/** Late fees that one run charges for an invoice. The next run continues. */
const MAX_FEES = 400
const { compare } = Temporal.Instant

/**
 * Decides which steps are due, in the order of their times. The result does not depend on when and how often it is called: late fees are
 * computed as of their time. Of several reminders that are due, the last one is sent. Nothing is due once the invoice is paid, during a
 * hold, and after it became uncollectible.
 */
export function decideSteps(collection: CollectionCase): readonly DecidedStep[] {
  const { invoice, now, taken } = collection
  const holds = mergeHolds(collection.holds)
  if (invoice.amountPaid.gte(invoice.total) || isHeld(now, holds) || taken.some(({ kind }) => kind === 'uncollectible')) return []
  const end = uncollectible(collection, holds)
  const fees = lateFees(collection, holds).filter(({ dueAt }) => end === undefined || compare(dueAt, end.dueAt) <= 0)
  const steps = [...reminders(collection, holds), ...fees].sort((one, other) => compare(one.dueAt, other.dueAt))
  return end === undefined ? steps : [...steps.map(step => (step.kind === 'reminder' ? { ...step, outcome: 'skipped' as const } : step)), end]
}

function reminders({ policy, invoice, taken, now }: CollectionCase, holds: readonly Stretch[]): readonly DecidedStep[] {
  const keys = new Set(taken.map(({ key }) => key))
  const lastTaken = Math.max(...taken.map(({ day }) => day ?? Number.NEGATIVE_INFINITY))
  const due = policy.reminderDays.flatMap(day => {
    const key = `reminder:${day}`
    const dueAt = keys.has(key) ? undefined : reminderTime(invoice, { day, holds })
    return dueAt === undefined || compare(dueAt, now) > 0 ? [] : [{ key, day, dueAt }]
  })
  const last = due.at(-1)
  return due.map(({ key, day, dueAt }) => {
    const isTooLate = day < 0 && compare(invoice.dueAt, now) <= 0
    const isTooEarly = compare(dueAt, invoice.issuedAt) < 0
    const isDone = key === last?.key && day > lastTaken && !isTooLate && !isTooEarly && !isHeld(dueAt, holds)
    return { invoiceId: invoice.id, key, kind: 'reminder' as const, day, dueAt, outcome: isDone ? 'done' : 'skipped', amount: null }
  })
}

function reminderTime({ dueAt, timeZone }: CollectableInvoice, { day, holds }: { readonly day: number; readonly holds: readonly Stretch[] }) {
  // The clock stops after the due date only.
  return day < 0 ? dueAt.toZonedDateTimeISO(timeZone).add({ days: day }).toInstant() : afterDays(dueAt, { days: day, timeZone, holds })
}

function lateFees({ policy: { lateFee: terms, graceDays }, invoice, taken, paid, now }: CollectionCase, holds: readonly Stretch[]): readonly DecidedStep[] {
  if (terms === null || invoice.isOfLateFees) return []
  const { timeZone } = invoice
  const charged = taken.filter(({ kind }) => kind === 'late_fee').sort((one, other) => compare(one.dueAt, other.dueAt))
  const maximum = maximumLateFee(terms, invoice)
  let earlier: Decimal = charged.reduce((sum, { amount }) => sum.plus(amount ?? 0), ZERO)
  let last = charged.at(-1)?.dueAt
  const fees: DecidedStep[] = []
  while (fees.length < MAX_FEES) {
    if (maximum?.lte(earlier) === true || (last !== undefined && terms.everyDays === null)) break
    const [start, days] = last === undefined ? [invoice.dueAt, graceDays] : [last, terms.everyDays ?? 0]
    const dueAt = afterDays(start, { days, timeZone, holds })
    if (dueAt === undefined || compare(dueAt, now) > 0) break
    const amount = lateFee(terms, { invoice, paid, earlier, at: dueAt })
    const key = `late_fee:${charged.length + fees.length + 1}`
    fees.push({ invoiceId: invoice.id, key, kind: 'late_fee', day: null, dueAt, outcome: amount.isZero() ? 'skipped' : 'done', amount })
    earlier = earlier.plus(amount)
    last = dueAt
  }
  return fees
}

function uncollectible({ policy, invoice, now }: CollectionCase, holds: readonly Stretch[]): DecidedStep | undefined {
  if (policy.uncollectibleAfterDays === null) return undefined
  const dueAt = afterDays(invoice.dueAt, { days: policy.uncollectibleAfterDays, timeZone: invoice.timeZone, holds })
  if (dueAt === undefined || compare(dueAt, now) > 0) return undefined
  return { invoiceId: invoice.id, key: 'uncollectible', kind: 'uncollectible', day: null, dueAt, outcome: 'done', amount: null }
}
