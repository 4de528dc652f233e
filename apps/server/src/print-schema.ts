import { writeFile } from 'node:fs/promises'
import { printSchemaText, SCHEMA_FILE } from './graphql/schema-text.ts'

// Run after a change of the schema: node --conditions=source apps/server/src/print-schema.ts
await writeFile(SCHEMA_FILE, printSchemaText())
