import { readFile, writeFile } from 'node:fs/promises'
import { withSettingsTable } from '../apps/server/src/settings-reference.ts'

const guide = new URL('../docs/guides/operating.md', import.meta.url)

// Writes the table of settings in the operating guide. Run with "npm run schema" after a change of a setting.
await writeFile(guide, withSettingsTable(await readFile(guide, 'utf8')))
