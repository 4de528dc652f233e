import type { FeatureDependencies } from '../features/feature.ts'
import { features } from '../features/index.ts'
import type { Job } from './job.ts'

/** Returns the jobs of every feature. Servers run them; commands run none. */
export async function serverJobs(dependencies: FeatureDependencies): Promise<readonly Job[]> {
  const jobs = await Promise.all(features.map(async feature => (await feature.jobs?.(dependencies)) ?? []))
  return jobs.flat()
}
