import type { MigrationObject } from '@mikro-orm/core'
import { tenantScopeMigration } from './0001-tenant-scope.ts'

/** Run before those of any other package: the role, and the functions that policies call. */
export const postgresMigrations: readonly MigrationObject[] = [tenantScopeMigration]
