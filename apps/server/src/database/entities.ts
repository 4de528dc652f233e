import { tables } from './tables.ts'

/** Every entity, for code that opens the database. */
export const entities = tables.flatMap(feature => feature.entities ?? [])
