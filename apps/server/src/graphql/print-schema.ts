import { writeFile } from 'node:fs/promises'
import { printSchemaText, SCHEMA_FILE } from './schema-text.ts'

// Writes schema.graphql. Run with "npm run schema" after a change of the schema.
await writeFile(SCHEMA_FILE, printSchemaText())
