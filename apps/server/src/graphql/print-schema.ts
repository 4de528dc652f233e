import { writeFile } from 'node:fs/promises'
import { printSchemaText, SCHEMA_FILE } from './schema-text.ts'

// Run after a change of the schema: node --conditions=source apps/server/src/graphql/print-schema.ts
await writeFile(SCHEMA_FILE, printSchemaText())
