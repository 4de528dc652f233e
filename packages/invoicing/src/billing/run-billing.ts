import { DomainError, InvalidInput, isDomainError, Temporal, withoutSimulated } from '@tollgate/kernel'
import { DEFAULT_BILLING_SETTINGS } from '../model/billing/billing-settings.ts'
import type { StoredInvoice } from '../model/invoices/invoice.ts'
import { type BilledTenant, billTenant, type BillThrough } from './bill-tenant.ts'
import { loadContext, loadRates, loadTenants, type TenantBilling } from './billing-context.ts'
import type { BillingDependencies } from './billing-dependencies.ts'
import { groupWrites } from './group-writes.ts'
import type { DraftInvoice } from './invoice-store.ts'

/** A billing run. */
export interface BillingRunRequest {
  /** Bills the periods that end by then. Not after now. */
  readonly through: Temporal.Instant
  /** Defaults to all tenants with a subscription that share the time of the installation. */
  readonly tenantIds?: readonly string[] | undefined
  /** Whether invoices are finalised. Defaults to true. Without, the next invoice of each subscription is left as a draft. */
  readonly finalize?: boolean | undefined
  /** Called after each group of tenants. */
  readonly onProgress?: ((progress: BillingProgress) => void) | undefined
  /** Stops the run after the tenants that it is at. */
  readonly signal?: AbortSignal | undefined
}

/** How far a billing run has come. */
export interface BillingProgress {
  readonly tenants: number
  readonly invoices: number
  readonly drafts: number
  readonly failures: number
}

/** A tenant that could not be billed. Nothing of it was billed after the last invoice. */
export interface BillingFailure {
  readonly tenantId: string
  /** Stable code of the error. */
  readonly code: string
  readonly message: string
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

/** Tenants that are read together. */
const GROUP_SIZE = 250

/** A tenant that others keep billing at the same time is given up after this many attempts; the next run bills it. */
const MAX_ATTEMPTS = 10

/**
 * Bills all tenants. Any number of runs can go on at the same time, and a run that was interrupted can be started again: each
 * period is billed once, and numbers have no gaps. A tenant that cannot be billed does not stop the others.
 */
export async function runBilling(dependencies: BillingDependencies, request: BillingRunRequest): Promise<BillingRunResult> {
  const { through, finalize = true, onProgress, signal } = request
  const { clock } = dependencies
  const clocks = request.tenantIds === undefined || request.tenantIds.length === 0 ? [null] : request.tenantIds
  if (clocks.some(tenantId => Temporal.Instant.compare(through, clock.now(tenantId)) > 0)) {
    throw new InvalidInput([{ path: 'through', message: 'must not be after now: periods are billed when they have ended' }])
  }
  const counted = { tenants: 0, invoices: 0, drafts: 0, failures: 0 }
  const firstInvoices: StoredInvoice[] = []
  const firstDrafts: DraftInvoice[] = []
  const firstFailures: BillingFailure[] = []
  const isStopped = () => signal?.aborted === true
  for await (const group of tenantGroups(dependencies, request.tenantIds)) {
    if (isStopped()) break
    for (const outcome of await billGroup(dependencies, group, { through, finalize }, isStopped)) {
      counted.tenants += 1
      counted.invoices += outcome.invoices.length
      firstInvoices.push(...outcome.invoices.slice(0, MAX_RETURNED - firstInvoices.length))
      if ('failure' in outcome) {
        counted.failures += 1
        if (firstFailures.length < MAX_RETURNED) firstFailures.push(outcome.failure)
      } else {
        counted.drafts += outcome.drafts.length
        firstDrafts.push(...outcome.drafts.slice(0, MAX_RETURNED - firstDrafts.length))
      }
    }
    onProgress?.({ ...counted })
  }
  return { ...counted, firstInvoices, firstDrafts, firstFailures, isComplete: !isStopped() }
}

async function* tenantGroups({ subscriptions, clock }: BillingDependencies, tenantIds: readonly string[] | undefined): AsyncGenerator<readonly string[]> {
  if (tenantIds !== undefined) {
    const unique = [...new Set(tenantIds)]
    for (let i = 0; i < unique.length; i += GROUP_SIZE) yield unique.slice(i, i + GROUP_SIZE)
    return
  }
  let after: string | undefined
  for (;;) {
    const page = await subscriptions.tenantIds({ first: GROUP_SIZE, ...(after !== undefined && { after }) })
    const group = withoutSimulated(clock, page.items)
    if (group.length > 0) yield group
    if (!page.hasMore) return
    after = page.items.at(-1)
  }
}

type Outcome = BilledTenant | { readonly failure: BillingFailure; readonly invoices: readonly StoredInvoice[] }

async function billGroup(
  dependencies: BillingDependencies,
  tenantIds: readonly string[],
  request: BillThrough,
  isStopped: () => boolean,
): Promise<readonly Outcome[]> {
  const settings = (await dependencies.settings.settings()) ?? DEFAULT_BILLING_SETTINGS
  const tenants = await loadTenants(dependencies, tenantIds, settings)
  const context = await loadContext(dependencies, await loadRates(dependencies, tenants, request.through))
  const grouped = groupWrites(dependencies)
  const outcomes = await Promise.all(tenants.map(async tenant => (isStopped() ? undefined : billWithRetry(grouped, { tenant, context, request }))))
  return outcomes.filter(outcome => outcome !== undefined)
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
  try {
    for (let attempt = 0; attempt < MAX_ATTEMPTS && tenant !== undefined; attempt++) {
      const billed: BilledTenant = await billTenant(dependencies, context, tenant, request)
      invoices.push(...billed.invoices)
      if (billed.isComplete) return { ...billed, invoices }
      tenant = (await loadTenants(dependencies, [tenantId], context.settings))[0]
    }
    throw new BillingContended(tenantId)
  } catch (error) {
    if (!isDomainError(error)) throw error
    return { failure: { tenantId, code: error.code, message: error.message }, invoices }
  }
}

/** Others changed the billing of a tenant at the same time, again and again. */
class BillingContended extends DomainError<'BILLING_CONTENDED'> {
  constructor(tenantId: string) {
    super('BILLING_CONTENDED', `The tenant "${tenantId}" was billed by others at the same time. Run billing again.`)
  }
}
