import type { Tollgate } from '@tollgate/sdk'

/** Work that a user has asked for. */
export interface Job {
  readonly id: string
  readonly userId: string
  readonly kind: 'workflow_execution' | 'youtube_sync'
}

/** Credits that one job takes. */
const CREDITS = { workflow_execution: '0.001', youtube_sync: '0.005' } as const

/** Works through jobs. Tracks each once, also if its job is run again after a crash: the id of the job is the call id. */
export async function runWorker(tollgate: Tollgate, jobs: AsyncIterable<Job>, work: (job: Job) => Promise<void>): Promise<void> {
  for await (const job of jobs) {
    const startedAtMs = tollgate.clock.monotonicMs()
    const described = { operation: job.kind, callId: job.id, resourceType: 'job', resourceId: job.id, metadata: { customerId: job.userId } }
    try {
      await work(job)
      await tollgate.trackCompute({ ...described, credits: CREDITS[job.kind], latencyMs: tollgate.clock.monotonicMs() - startedAtMs })
    } catch (error) {
      // A failed job costs nothing, and does not stop the worker. It may run again, so its call id stays free.
      await tollgate.trackCompute({ ...described, callId: `${job.id}-failed-${startedAtMs}`, status: 'FAILURE', errorMessage: String(error) })
    }
  }
  await tollgate.flush()
}
