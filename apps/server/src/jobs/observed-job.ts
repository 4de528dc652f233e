import type { JobRun } from '../observability/operational-metrics.ts'
import type { Job } from './job.ts'

/** Returns a job whose runs are reported. */
export function observedJob(job: Job, observe: (run: JobRun) => void): Job {
  return {
    ...job,
    async run(payload, signal) {
      const startedAt = performance.now()
      const ended = (result: JobRun['result']) => observe({ job: job.name, result, seconds: (performance.now() - startedAt) / 1_000 })
      try {
        await job.run(payload, signal)
      } catch (error) {
        ended('failed')
        throw error
      }
      ended('succeeded')
    },
  }
}
