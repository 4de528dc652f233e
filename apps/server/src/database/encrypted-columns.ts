import { tables } from './tables.ts'

/** Every encrypted column, for code that opens the encryption of the database. */
export const encryptedColumns = tables.flatMap(feature => feature.encrypted ?? [])
