import { fileURLToPath } from 'node:url'
import { largeParts } from './structure/large-parts.ts'

// Checks that indexes and folders stay small. check:boundaries checks who may import whom.
const problems = await largeParts(fileURLToPath(new URL('..', import.meta.url)))
for (const problem of problems) console.error(problem)
if (problems.length > 0) process.exitCode = 1
