import { readFile } from 'node:fs/promises'
import { printSchemaText, SCHEMA_FILE } from '../apps/server/src/graphql/schema-text.ts'
import { CLIENT_TYPES_FILE, clientTypesText, OPERATIONS_FILE, operationsText } from './operations/operations-file.ts'

// Clients are built with the committed schema, so it must be the one that the server serves.
if ((await readFile(SCHEMA_FILE, 'utf8').catch(() => '')) !== printSchemaText()) {
  console.error('schema.graphql is not the schema of the server. Update it with: npm run schema')
  process.exitCode = 1
} else if ((await readFile(OPERATIONS_FILE, 'utf8').catch(() => '')) !== (await operationsText())) {
  console.error('The operations of the SDK do not match operations.graphql and the schema. Update them with: npm run schema')
  process.exitCode = 1
} else if ((await readFile(CLIENT_TYPES_FILE, 'utf8').catch(() => '')) !== (await clientTypesText())) {
  console.error('The types of @tollgate/graphql do not match the schema. Update them with: npm run schema')
  process.exitCode = 1
}
