import { writeFile } from 'node:fs/promises'
import { generatedFiles } from './operations/operations-file.ts'

// Generates the operations of the SDK and of the dashboard, and what clients know about types, from the committed schema.
for (const { path, text } of await generatedFiles()) await writeFile(new URL(`../${path}`, import.meta.url), text)
