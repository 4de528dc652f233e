import type { Page, PageRequest, Temporal } from '@tollgate/kernel'
import type { BillingFailure, BillingProgress, BillingRun, BillingRunState } from '../model/billing/billing-run.ts'

/** A run to add. */
export type NewBillingRun = Pick<BillingRun, 'id' | 'through' | 'finalize' | 'tenantIds' | 'createdAt'>

/** What a run did in one group of tenants. */
export interface BillingStep extends BillingProgress {
  readonly lastTenantId: string
  readonly failed: readonly BillingFailure[]
}

/** Names the process that works on a run. Another one that claims the run takes it over. */
export interface RunClaim {
  readonly id: string
  readonly claim: string
}

/** Stores billing runs, for operators only. */
export interface BillingRunStore {
  /** Adds a run. Returns the one that is queued, running or interrupted and bills the same, if there is one: then two callers share it. */
  add(run: NewBillingRun, options: { readonly share: boolean }): Promise<BillingRun>
  /** Claims a run that is not completed, to start or continue it. Undefined if there is none. */
  claim(claim: RunClaim, start: { readonly total: number; readonly at: Temporal.Instant }): Promise<BillingRun | undefined>
  /** Adds what was done to a run. False if another process has claimed it. */
  advance(claim: RunClaim, step: BillingStep, at: Temporal.Instant): Promise<boolean>
  /** Ends a run, or interrupts it. Does nothing if another process has claimed it. */
  end(claim: RunClaim, state: Extract<BillingRunState, 'completed' | 'interrupted'>, at: Temporal.Instant): Promise<void>
  find(id: string): Promise<BillingRun | undefined>
  /** Lists runs, latest first. `after` is an id. */
  list(page: PageRequest): Promise<Page<BillingRun>>
  /** Lists the tenants that a run could not bill, by id. `after` is the id of a tenant. */
  failures(runId: string, page: PageRequest): Promise<Page<BillingFailure>>
}
