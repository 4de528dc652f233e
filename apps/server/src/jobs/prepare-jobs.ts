import { Logger, runMigrations } from 'graphile-worker'

/** Migrates graphile-worker's own tables, as their owner. Several processes can call it at the same time. */
export async function prepareJobs(url: string): Promise<void> {
  await runMigrations({ connectionString: url, schema: JOBS_SCHEMA, maxPoolSize: 2, logger: new Logger(() => () => {}) })
}

/** The PostgreSQL schema of graphile-worker's tables. Migrations refer to it. */
export const JOBS_SCHEMA = 'graphile_worker'
