import { printSchema } from 'graphql'
import { schema } from './schema.ts'

/** Where the printed schema is committed, so that a change of it is seen in review. */
export const SCHEMA_FILE = new URL('../../schema.graphql', import.meta.url)

/** The schema in the language of schemas. */
export function printSchemaText(): string {
  return `${printSchema(schema)}\n`
}
