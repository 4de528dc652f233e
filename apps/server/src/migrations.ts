import { kernelMigrations } from '@tollgate/kernel/postgres'

/** Every migration of every package, in the order in which they run. */
export const migrations = [...kernelMigrations]
