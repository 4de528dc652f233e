import { hash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { DomainError } from '@tollgate/kernel'
import { validate } from 'graphql'
import { parseWithinLimits } from '../limits/limit-documents.ts'
import { schema } from '../schema.ts'

/** Operations that clients send by their hash. */
export interface PersistedOperationsSettings {
  /** The text of each operation by its SHA-256 hash, in lower-case hex. */
  readonly operations: ReadonlyMap<string, string>
  /** Whether clients can send no other operations. */
  readonly required: boolean
}

/** Maximum number of persisted operations. All of them are kept in memory. */
export const MAX_PERSISTED_OPERATIONS = 10_000

/** The file or folder of persisted operations cannot be used. */
export class BadPersistedOperations extends DomainError<'BAD_PERSISTED_OPERATIONS'> {
  constructor(place: string, problem: string) {
    super('BAD_PERSISTED_OPERATIONS', `TOLLGATE_PERSISTED_OPERATIONS: ${place} ${problem}`)
  }
}

/**
 * Reads persisted operations and checks them against the schema. A file is a JSON object of texts by their SHA-256 hash; a
 * folder has one operation in each file `*.graphql`. Throws `BadPersistedOperations`.
 */
export async function readPersistedOperations(path: string, { max = MAX_PERSISTED_OPERATIONS } = {}): Promise<ReadonlyMap<string, string>> {
  const found = await stat(path).catch((error: unknown) => {
    throw new BadPersistedOperations(path, `cannot be read: ${(error as Error).message}`)
  })
  const operations = found.isDirectory() ? await readFolder(path, max) : await readFileOf(path, max)
  if (operations.size === 0) throw new BadPersistedOperations(path, 'has no operations. Add files "*.graphql", or a JSON object of texts by hash.')
  return operations
}

/** Before they are read, because checking each takes a while. */
function checkCount(path: string, count: number, max: number): void {
  if (count <= max) return
  throw new BadPersistedOperations(path, `has ${count} operations; the maximum is ${max}. Remove those that no client sends.`)
}

async function readFolder(folder: string, max: number): Promise<Map<string, string>> {
  const operations = new Map<string, string>()
  const files = (await readdir(folder, { recursive: true })).filter(name => name.endsWith('.graphql')).toSorted()
  checkCount(folder, files.length, max)
  for (const name of files) {
    const file = join(folder, name)
    const text = await readFile(file, 'utf8')
    check(file, text)
    operations.set(hash('sha256', text), text)
  }
  return operations
}

async function readFileOf(file: string, max: number): Promise<Map<string, string>> {
  const texts = Object.entries(parseObject(file, await readFile(file, 'utf8')))
  checkCount(file, texts.length, max)
  return new Map(
    texts.map(([given, text]): [string, string] => {
      const place = `the operation "${given.slice(0, 80)}" in ${file}`
      if (typeof text !== 'string') throw new BadPersistedOperations(place, 'must be the text of a GraphQL document.')
      const actual = hash('sha256', text)
      if (given.toLowerCase() !== actual) throw new BadPersistedOperations(place, `does not have this hash. The SHA-256 hash of its text is ${actual}.`)
      check(place, text)
      return [actual, text]
    }),
  )
}

function parseObject(file: string, json: string): object {
  try {
    const value: unknown = JSON.parse(json)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  } catch {
    // Reported below, as for any other file of another form.
  }
  throw new BadPersistedOperations(file, 'must be a JSON object of texts by their SHA-256 hash, such as { "<64 hex digits>": "query { viewer { kind } }" }.')
}

function check(place: string, text: string): void {
  const problem = problemOf(text)
  if (problem !== undefined) throw new BadPersistedOperations(place, `is not a valid operation: ${problem}`)
}

function problemOf(text: string): string | undefined {
  try {
    return validate(schema, parseWithinLimits(text), undefined, { maxErrors: 1 })[0]?.message
  } catch (error) {
    return (error as Error).message
  }
}
