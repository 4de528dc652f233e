import { runAs } from '../audited-changes/audit-origin.ts'
import type { FeatureDependencies } from '../features/feature.ts'
import { features } from '../features/index.ts'
import type { Job } from './job.ts'

/** Returns the jobs of every feature. Servers run them; commands run none. What a job changes is audited under its name. */
export async function serverJobs(dependencies: FeatureDependencies): Promise<readonly Job[]> {
  const jobs = await Promise.all(features.map(async feature => (await feature.jobs?.(dependencies)) ?? []))
  return jobs.flat().map(job => ({ ...job, run: (payload, signal) => runAs({ actor: { kind: 'system', id: job.name } }, () => job.run(payload, signal)) }))
}
