import { checkShape, inputShape } from '@tollgate/kernel/input'
import { checkPageSize, type IdSource, type Page, type PageRequest, type Temporal, toMicrosecond } from '@tollgate/kernel'
import type { BillingFailure, BillingRun } from '../model/billing/billing-run.ts'
import type { BillingDependencies } from './billing-dependencies.ts'
import type { BillingRunStore } from './billing-run-store.ts'
import { type BillingRunRequest, type BillingRunResult, checkThrough, runBilling } from './run-billing.ts'

/** What a stored run bills. */
export type StoredRunRequest = Pick<BillingRunRequest, 'through' | 'tenantIds' | 'finalize'>

/** A list to read. */
export type RunsRequest = Partial<Pick<PageRequest, 'first' | 'after'>>

/** Billing runs whose progress is stored. Made by `createBillingRuns`. */
export interface BillingRuns {
  /** Queues a run that a job works on, and returns it. A run that bills the same and has not completed is shared. */
  start(request: StoredRunRequest): Promise<BillingRun>
  /** Runs now, and returns what it made. */
  run(request: StoredRunRequest & Pick<BillingRunRequest, 'onProgress' | 'signal'>): Promise<BillingRunResult & { readonly run: BillingRun }>
  /** Starts or continues a run that was queued. Returns it; undefined if it has completed. For the job. */
  work(runId: string, options?: Pick<BillingRunRequest, 'signal'>): Promise<BillingRun | undefined>
  find(runId: string): Promise<BillingRun | undefined>
  /** Lists runs, latest first. */
  list(request: RunsRequest): Promise<Page<BillingRun>>
  /** Lists the tenants that a run could not bill. */
  failures(runId: string, request: RunsRequest): Promise<Page<BillingFailure>>
}

/** What stored runs need. */
export interface BillingRunsDependencies {
  readonly billing: BillingDependencies
  readonly store: BillingRunStore
  readonly ids: IdSource
  /** Adds the job that works on a run. */
  readonly enqueue: (runId: string) => Promise<void>
}

const PAGE_SIZE = { default: 20, max: 1_000 }

const OPTIONS = inputShape<BillingRunsDependencies>({ billing: 'object', store: 'object', ids: 'object', enqueue: 'function' })

/**
 * Creates billing runs whose progress is stored, so that it can be followed, and a run that was killed continues. Throws `InvalidInput`
 * for options that it does not have, or that are missing.
 */
export function createBillingRuns(options: BillingRunsDependencies): BillingRuns {
  checkShape(OPTIONS, options)
  const { billing, store, ids, enqueue } = options
  const now = (): Temporal.Instant => toMicrosecond(billing.clock.now(null))

  function added({ through, tenantIds, finalize = true }: StoredRunRequest, share: boolean): Promise<BillingRun> {
    const createdAt = now()
    const sorted = tenantIds === undefined ? null : [...new Set(tenantIds)].toSorted()
    return store.add({ id: ids.uuidV7(createdAt.epochMilliseconds), through: toMicrosecond(through), finalize, tenantIds: sorted, createdAt }, { share })
  }

  async function work(run: BillingRun, { onProgress, signal }: Pick<BillingRunRequest, 'onProgress' | 'signal'>): Promise<BillingRunResult | undefined> {
    const claim = { id: run.id, claim: ids.uuidV7(now().epochMilliseconds) }
    const total = run.tenantIds?.length ?? (await billing.subscriptions.count())
    const claimed = await store.claim(claim, { total, at: now() })
    if (claimed === undefined) return undefined
    const { through, finalize, tenantIds, lastTenantId: after } = claimed
    let isOurs = true
    try {
      const result = await runBilling(billing, {
        through,
        finalize,
        ...(tenantIds !== null && { tenantIds }),
        ...(after !== null && { after }),
        total,
        onProgress,
        signal,
        async onGroup(step) {
          isOurs = await store.advance(claim, step, now())
          return isOurs
        },
      })
      await store.end(claim, result.isComplete && isOurs ? 'completed' : 'interrupted', now())
      return result
    } catch (error) {
      await store.end(claim, 'interrupted', now()).catch(() => {})
      throw error
    }
  }

  return {
    async start(request) {
      checkThrough(billing.clock, request)
      const run = await added(request, true)
      await enqueue(run.id)
      return run
    },
    async run({ onProgress, signal, ...request }) {
      checkThrough(billing.clock, request)
      const run = await added(request, false)
      const result = await work(run, { onProgress, signal })
      if (result === undefined) throw new TypeError('A new billing run cannot be claimed')
      return { ...result, run: (await store.find(run.id)) ?? run }
    },
    async work(runId, { signal } = {}) {
      const run = await store.find(runId)
      const result = run && (await work(run, { signal }))
      return result && store.find(runId)
    },
    find: runId => store.find(runId),
    list: ({ first, after }) => store.list({ first: checkPageSize(first, PAGE_SIZE), ...(after !== undefined && { after }) }),
    failures: (runId, { first, after }) => store.failures(runId, { first: checkPageSize(first, PAGE_SIZE), ...(after !== undefined && { after }) }),
  }
}
