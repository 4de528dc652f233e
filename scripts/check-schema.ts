import { readFile } from 'node:fs/promises'
import { printSchemaText, SCHEMA_FILE } from '../apps/server/src/graphql/schema-text.ts'
import { withSettingsTable } from '../apps/server/src/settings-reference.ts'
import { generatedFiles } from './operations/operations-file.ts'

// Clients are built with the committed schema, so it must be the one that the server serves.
if ((await readFile(SCHEMA_FILE, 'utf8').catch(() => '')) !== printSchemaText()) {
  console.error('schema.graphql is not the schema of the server. Update it with: npm run schema')
  process.exitCode = 1
} else {
  for (const { path, text } of await generatedFiles()) {
    if ((await readFile(new URL(`../${path}`, import.meta.url), 'utf8').catch(() => '')) === text) continue
    console.error(`${path} does not match what it is generated from. Update it with: npm run schema`)
    process.exitCode = 1
  }
}

const guide = await readFile(new URL('../docs/guides/operating.md', import.meta.url), 'utf8')
if (withSettingsTable(guide) !== guide) {
  console.error('The table of settings in docs/guides/operating.md is not that of the server. Update it with: npm run schema')
  process.exitCode = 1
}
