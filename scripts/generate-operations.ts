import { writeFile } from 'node:fs/promises'
import { CLIENT_TYPES_FILE, clientTypesText, OPERATIONS_FILE, operationsText } from './operations/operations-file.ts'

// Generates the operations of the SDK, and what clients know about types, from the committed schema.
await writeFile(OPERATIONS_FILE, await operationsText())
await writeFile(CLIENT_TYPES_FILE, await clientTypesText())
