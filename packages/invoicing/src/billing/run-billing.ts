import { DomainError, InvalidInput, isDomainError, Temporal, type TenantClock, withoutSimulated } from '@tollgate/kernel'
import { DEFAULT_BILLING_SETTINGS } from '../model/billing/billing-settings.ts'
import type { BillingFailure, BillingProgress } from '../model/billing/billing-run.ts'
import type { StoredInvoice } from '../model/invoices/invoice.ts'
import { type BilledTenant, billTenant, type BillThrough } from './bill-tenant.ts'
import { loadContext, loadRates, loadTenants, type TenantBilling } from './billing-context.ts'
import type { BillingDependencies } from './billing-dependencies.ts'
import type { BillingStep } from './billing-run-store.ts'
import { findUnbilledUsage } from './find-unbilled-usage.ts'
import { groupWrites } from './group-writes.ts'
import type { DraftInvoice } from './invoice-store.ts'

/** A billing run. */
export interface BillingRunRequest {
  /** Bills the periods that end at or before this time. Must not be in the future. */
  readonly through: Temporal.Instant
  /** Defaults to all tenants with a subscription that share the time of the installation. */
  readonly tenantIds?: readonly string[] | undefined
  /** Whether invoices are finalised. Defaults to true. Without, the next invoice of each subscription is left as a draft. */
  readonly finalize?: boolean | undefined
  /** Bills only tenants after this one, in the order of ids. */
  readonly after?: string | undefined
  /** Number of tenants, for `onProgress`. */
  readonly total?: number | undefined
  /** Called after each group of tenants. */
  readonly onProgress?: ((progress: BillingProgress & { readonly total: number | undefined }) => void) | undefined
  /** Called after each group of tenants with what was done in it. The run stops if it returns false. */
  readonly onGroup?: ((step: BillingStep) => Promise<boolean>) | undefined
  /** Stops the run after the tenants that it is at. */
  readonly signal?: AbortSignal | undefined
}

/** The result of a billing run. */
export interface BillingRunResult extends BillingProgress {
  /** The first invoices that it made, at most `MAX_RETURNED`. */
  readonly firstInvoices: readonly StoredInvoice[]
  readonly firstDrafts: readonly DraftInvoice[]
  readonly firstFailures: readonly BillingFailure[]
  /** Whether every tenant was reached. False after the signal. */
  readonly isComplete: boolean
}

/** Maximum number of invoices, drafts and failures that a run returns. */
export const MAX_RETURNED = 100

/** Tenants that are read together, and stored in one transaction. */
const GROUP_SIZE = 100

/** Groups at the same time: the database reads one and stores another while a third is computed. */
const MAX_GROUPS_IN_WORK = 3

/** A tenant that others keep billing at the same time is given up after this many attempts; the next run bills it. */
const MAX_ATTEMPTS = 10

/**
 * Bills all tenants. Any number of runs can go on at the same time, and a run that was interrupted can be started again: each
 * period is billed once, and numbers have no gaps. A tenant that cannot be billed does not stop the others.
 */
export async function runBilling(dependencies: BillingDependencies, request: BillingRunRequest): Promise<BillingRunResult> {
  const { through, finalize = true, onProgress, onGroup, signal, total } = request
  checkThrough(dependencies.clock, request)
  const counted = { tenants: 0, invoices: 0, drafts: 0, failures: 0 }
  const firstInvoices: StoredInvoice[] = []
  const firstDrafts: DraftInvoice[] = []
  const firstFailures: BillingFailure[] = []
  let isOver = false
  const isStopped = () => isOver || signal?.aborted === true
  async function finish({ group, billed }: GroupInWork): Promise<void> {
    const outcomes = await billed
    const invoices = outcomes.flatMap(outcome => outcome.invoices)
    const drafts = outcomes.flatMap(outcome => ('failure' in outcome ? [] : outcome.drafts))
    const failed = outcomes.flatMap(outcome => ('failure' in outcome ? [outcome.failure] : []))
    const step = { tenants: outcomes.length, invoices: invoices.length, drafts: drafts.length, failures: failed.length }
    counted.tenants += step.tenants
    counted.invoices += step.invoices
    counted.drafts += step.drafts
    counted.failures += step.failures
    firstInvoices.push(...invoices.slice(0, MAX_RETURNED - firstInvoices.length))
    firstDrafts.push(...drafts.slice(0, MAX_RETURNED - firstDrafts.length))
    firstFailures.push(...failed.slice(0, MAX_RETURNED - firstFailures.length))
    onProgress?.({ ...counted, total })
    // A group that was stopped in the middle is done again.
    const lastTenantId = group.at(-1)
    if (isOver || onGroup === undefined || lastTenantId === undefined || outcomes.length < group.length) return
    isOver = !(await onGroup({ ...step, lastTenantId, failed }))
  }

  const grouped = groupWrites(dependencies)
  const inWork: GroupInWork[] = []
  async function finishAllBut(count: number): Promise<void> {
    for (let first = inWork[0]; first !== undefined && inWork.length > count; first = inWork[0]) {
      await finish(first)
      inWork.shift()
    }
  }
  // Groups are finished in order, so that a run continues after the last one that is finished.
  for await (const group of tenantGroups(dependencies, request)) {
    if (isStopped()) break
    const billed = billGroup(grouped, group, { through, finalize }, isStopped)
    billed.catch(() => {})
    inWork.push({ group, billed })
    await finishAllBut(MAX_GROUPS_IN_WORK - 1)
  }
  await finishAllBut(0)
  return { ...counted, firstInvoices, firstDrafts, firstFailures, isComplete: !isStopped() }
}

/** Throws `InvalidInput` for a time that is not over, in the time of the tenants. */
export function checkThrough(clock: TenantClock, { through, tenantIds }: Pick<BillingRunRequest, 'through' | 'tenantIds'>): void {
  const clocks = tenantIds === undefined || tenantIds.length === 0 ? [null] : tenantIds
  if (clocks.every(tenantId => Temporal.Instant.compare(through, clock.now(tenantId)) <= 0)) return
  throw new InvalidInput([{ path: 'through', message: 'must not be after now: periods are billed when they have ended' }])
}

/** Yields tenants in groups, in the order of their ids. */
async function* tenantGroups(
  { subscriptions, clock }: BillingDependencies,
  { tenantIds, after: first }: Pick<BillingRunRequest, 'tenantIds' | 'after'>,
): AsyncGenerator<readonly string[]> {
  if (tenantIds !== undefined) {
    const unique = [...new Set(tenantIds)].toSorted().filter(id => first === undefined || id > first)
    for (let i = 0; i < unique.length; i += GROUP_SIZE) yield unique.slice(i, i + GROUP_SIZE)
    return
  }
  let after = first
  for (;;) {
    const page = await subscriptions.tenantIds({ first: GROUP_SIZE, ...(after !== undefined && { after }) })
    const group = withoutSimulated(clock, page.items)
    if (group.length > 0) yield group
    if (!page.hasMore) return
    after = page.items.at(-1)
  }
}

interface GroupInWork {
  readonly group: readonly string[]
  readonly billed: Promise<readonly Outcome[]>
}

type Outcome = { readonly tenantId: string } & (BilledTenant | { readonly failure: BillingFailure; readonly invoices: readonly StoredInvoice[] })

async function billGroup(
  dependencies: BillingDependencies,
  tenantIds: readonly string[],
  request: BillThrough,
  isStopped: () => boolean,
): Promise<readonly Outcome[]> {
  const settings = (await dependencies.settings.settings()) ?? DEFAULT_BILLING_SETTINGS
  const tenants = await loadTenants(dependencies, tenantIds, settings)
  const context = await loadContext(dependencies, await loadRates(dependencies, tenants, request.through))
  const outcomes = await Promise.all(tenants.map(async tenant => (isStopped() ? undefined : billWithRetry(dependencies, { tenant, context, request }))))
  const found = outcomes.filter(outcome => outcome !== undefined)
  const billed = new Set(found.flatMap(outcome => ('failure' in outcome || !outcome.hasBilled ? [] : [outcome.tenantId])))
  const unbilled = await findUnbilledUsage(
    dependencies,
    tenants.filter(({ tenantId }) => billed.has(tenantId)),
    settings.lookBackPeriods,
  )
  return found.map(outcome => {
    const error = unbilled.get(outcome.tenantId)
    return error === undefined ? outcome : { tenantId: outcome.tenantId, invoices: outcome.invoices, failure: failureOf(outcome.tenantId, error) }
  })
}

interface TenantToBill {
  readonly tenant: TenantBilling
  readonly context: Parameters<typeof billTenant>[1]
  readonly request: BillThrough
}

async function billWithRetry(dependencies: BillingDependencies, { tenant: loaded, context, request }: TenantToBill): Promise<Outcome> {
  const { tenantId } = loaded
  const invoices: StoredInvoice[] = []
  let tenant: TenantBilling | undefined = loaded
  let hasBilled = false
  try {
    for (let attempt = 0; attempt < MAX_ATTEMPTS && tenant !== undefined; attempt++) {
      const billed: BilledTenant = await billTenant(dependencies, context, tenant, request)
      invoices.push(...billed.invoices)
      hasBilled ||= billed.hasBilled
      if (billed.isComplete) return { ...billed, tenantId, invoices, hasBilled }
      tenant = (await loadTenants(dependencies, [tenantId], context.settings))[0]
    }
    throw new BillingContended(tenantId)
  } catch (error) {
    if (!isDomainError(error)) throw error
    return { tenantId, failure: failureOf(tenantId, error), invoices }
  }
}

function failureOf(tenantId: string, { code, message }: DomainError): BillingFailure {
  return { tenantId, code, message }
}

/** Others changed the billing of a tenant at the same time, again and again. */
class BillingContended extends DomainError<'BILLING_CONTENDED'> {
  constructor(tenantId: string) {
    super('BILLING_CONTENDED', `The tenant "${tenantId}" was billed by others at the same time. Run billing again.`)
  }
}
