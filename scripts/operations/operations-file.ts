import { readFile } from 'node:fs/promises'
import { SCHEMA_FILE } from '../../apps/server/src/graphql/schema-text.ts'
import { clientTypes } from './client-types.ts'
import { generateOperations } from './generate-operations.ts'

const OPERATIONS = new URL('../../packages/sdk/src/model/operations.graphql', import.meta.url)

/** The generated file. */
export const OPERATIONS_FILE = new URL('../../packages/sdk/src/model/operations.ts', import.meta.url)

/** Returns what the generated file must contain. */
export async function operationsText(): Promise<string> {
  return generateOperations(await readFile(SCHEMA_FILE, 'utf8'), await readFile(OPERATIONS, 'utf8'))
}

/** The generated file of what clients know about types. */
export const CLIENT_TYPES_FILE = new URL('../../packages/graphql/src/schema-types.ts', import.meta.url)

/** Returns what that file must contain. */
export async function clientTypesText(): Promise<string> {
  return clientTypes(await readFile(SCHEMA_FILE, 'utf8'))
}
