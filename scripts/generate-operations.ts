import { writeFile } from 'node:fs/promises'
import { OPERATIONS_FILE, operationsText } from './operations/operations-file.ts'

// Generates the operations of the SDK from the committed schema.
await writeFile(OPERATIONS_FILE, await operationsText())
