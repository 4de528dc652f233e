import { readFile } from 'node:fs/promises'
import { printSchemaText, SCHEMA_FILE } from '../apps/server/src/graphql/schema-text.ts'

// Clients are built against the committed schema: it must be the one that the server speaks.
if ((await readFile(SCHEMA_FILE, 'utf8').catch(() => '')) !== printSchemaText()) {
  console.error('schema.graphql is not what the server speaks. Print it with: npm run schema')
  process.exitCode = 1
}
