import { fileURLToPath } from 'node:url'
import { largeParts } from './structure/large-parts.ts'

// Who may import whom is checked by check:boundaries; this checks that the parts stay small.
const problems = await largeParts(fileURLToPath(new URL('..', import.meta.url)))
for (const problem of problems) console.error(problem)
if (problems.length > 0) process.exitCode = 1
