import { postgresMigrations } from '@tollgate/postgres'
import { tables } from './tables.ts'

/** Every migration, in the order in which they run. */
export const migrations = [...postgresMigrations, ...tables.flatMap(feature => feature.migrations)]
