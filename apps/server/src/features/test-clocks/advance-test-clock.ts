import type { TestClock, TestClocks } from '@tollgate/accounts'
import type { Credits } from '@tollgate/credits'
import type { Subscriptions } from '@tollgate/invoicing'
import type { Billing, BillingFailure } from '@tollgate/invoicing/billing'
import type { Collections } from '@tollgate/invoicing/collections'
import { Temporal } from '@tollgate/kernel'

/** The services in which something of a tenant becomes due. */
export interface DueServices {
  readonly subscriptions: Pick<Subscriptions, 'advanceTenant'>
  readonly credits: Pick<Credits, 'advance' | 'nextDue' | 'runTopUps'>
  readonly billing: Pick<Billing, 'run' | 'settings'>
  readonly collections: Pick<Collections, 'run' | 'nextStepAt'>
}

/** How far to advance the clock of a tenant. */
export interface AdvanceRequest {
  readonly tenantId: string
  /** Not before the time of the clock. */
  readonly to: Temporal.Instant
}

/** What happened while a clock was advanced. */
export interface AdvancedClock {
  readonly clock: TestClock
  readonly invoices: number
  readonly reminders: number
  readonly lateFees: number
  /** Why the tenant could not be billed, each reason once. */
  readonly failures: readonly BillingFailure[]
}

interface Totals {
  invoices: number
  reminders: number
  lateFees: number
  readonly failures: Map<string, BillingFailure>
}

/**
 * Moves the clock of a tenant from one date at which something becomes due to the next, and does at each what the jobs of the server
 * would do. If it is interrupted, the next call continues where it stopped.
 */
export async function advanceTestClock(
  { testClocks, ...services }: DueServices & { readonly testClocks: Pick<TestClocks, 'start' | 'move'> },
  { tenantId, to }: AdvanceRequest,
): Promise<AdvancedClock> {
  let clock = await testClocks.start({ tenantId, to })
  const totals: Totals = { invoices: 0, reminders: 0, lateFees: 0, failures: new Map() }
  for (;;) {
    const next = await doDueWork(services, clock, totals)
    if (Temporal.Instant.compare(clock.now, clock.target) >= 0) break
    clock = await testClocks.move(tenantId, next ?? clock.target)
  }
  return { ...totals, clock, failures: [...totals.failures.values()] }
}

/** Does everything that is due, in the order in which one part has effects on the next. Returns when something is due next, until the target. */
async function doDueWork(
  { subscriptions, credits, billing, collections }: DueServices,
  { tenantId, now, target }: TestClock,
  totals: Totals,
): Promise<Temporal.Instant | undefined> {
  const tenantIds = [tenantId]
  const nextChange = await subscriptions.advanceTenant(tenantId)
  await credits.advance({ tenantIds })
  await credits.runTopUps({ tenantIds })
  // Nobody is invoiced before the seller is known.
  if ((await billing.settings()).seller !== null) {
    const { invoices, firstFailures } = await billing.run({ tenantIds, through: now })
    totals.invoices += invoices
    for (const failure of firstFailures) totals.failures.set(failure.message, failure)
  }
  const { reminders, lateFees } = await collections.run({ tenantIds })
  totals.reminders += reminders
  totals.lateFees += lateFees
  const dates = [nextChange, await credits.nextDue(tenantId), await collections.nextStepAt(tenantId, target)]
  const { compare } = Temporal.Instant
  const [first] = dates.filter(date => date !== null && compare(date, now) > 0 && compare(date, target) <= 0).toSorted((a, b) => (a && b ? compare(a, b) : 0))
  return first ?? undefined
}
