import type { MigrationObject } from '@mikro-orm/core'
import { addJobMigration } from './0001-add-job.ts'
import { severalGroupsMigration } from './0002-several-groups.ts'

/** Schema `jobs`: the way to graphile-worker's, which makes its own tables. */
export const jobsMigrations: readonly MigrationObject[] = [addJobMigration, severalGroupsMigration]
