import { Logger, runMigrations } from 'graphile-worker'

/** Brings graphile-worker's own tables up to date, as their owner. Safe to call from many processes at once. */
export async function prepareJobs(url: string): Promise<void> {
  await runMigrations({ connectionString: url, schema: JOBS_SCHEMA, maxPoolSize: 2, logger: new Logger(() => () => {}) })
}

/** Where graphile-worker keeps its tables; migrations name it too. */
export const JOBS_SCHEMA = 'graphile_worker'
