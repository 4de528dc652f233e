import { printSchema } from 'graphql'
import { schema } from './schema.ts'

/** The file of the printed schema. It is committed, so that reviews show changes of the schema. */
export const SCHEMA_FILE = new URL('../../schema.graphql', import.meta.url)

/** Returns the schema in the schema definition language. */
export function printSchemaText(): string {
  return `${printSchema(schema)}\n`
}
