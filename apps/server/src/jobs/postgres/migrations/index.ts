import type { SqlMigration } from '@tollgate/postgres'
import { addJobMigration } from './0001-add-job.ts'
import { severalGroupsMigration } from './0002-several-groups.ts'

/** Schema `jobs`: the way to graphile-worker's, which makes its own tables. */
export const jobsMigrations: readonly SqlMigration[] = [addJobMigration, severalGroupsMigration]
