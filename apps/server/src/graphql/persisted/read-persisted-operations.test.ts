import { hash } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BadPersistedOperations, MAX_PERSISTED_OPERATIONS, readPersistedOperations } from './read-persisted-operations.ts'

const WHO = 'query Who { viewer { kind } }\n'
const TENANT = 'query Tenant($id: ID) { tenant(id: $id) { name } }'
const byHash = (...texts: string[]) => Object.fromEntries(texts.map(text => [hash('sha256', text), text]))

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tollgate-operations-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function fileOf(content: unknown): Promise<string> {
  const file = join(folder, 'operations.json')
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}

describe('reads', () => {
  it('a file of texts by hash', async () => {
    expect(await readPersistedOperations(await fileOf(byHash(WHO, TENANT)))).toEqual(new Map(Object.entries(byHash(WHO, TENANT))))
  })
  it('a folder with a file for each operation, also in folders below it', async () => {
    await mkdir(join(folder, 'all', 'tenants'), { recursive: true })
    await writeFile(join(folder, 'all', 'who.graphql'), WHO)
    await writeFile(join(folder, 'all', 'tenants', 'tenant.graphql'), TENANT)
    await writeFile(join(folder, 'all', 'README.md'), 'Operations of the shop.')
    expect(await readPersistedOperations(join(folder, 'all'))).toEqual(new Map(Object.entries(byHash(WHO, TENANT))))
  })
})

describe('rejects', () => {
  it.each<[string, unknown, string]>([
    ['a file that is not JSON', 'query { viewer { kind } }', 'must be a JSON object of texts'],
    ['a list', [WHO], 'must be a JSON object of texts'],
    ['no operation', {}, 'has no operations'],
    ['a text under another hash', { [hash('sha256', TENANT)]: WHO }, `does not have this hash. The SHA-256 hash of its text is ${hash('sha256', WHO)}.`],
    ['a value that is not text', { abc: 1 }, 'the operation "abc"'],
    ['a text that does not parse', byHash('query {'), 'is not a valid operation: Syntax Error'],
    ['a text that does not match the schema', byHash('{ colour }'), 'Cannot query field "colour"'],
    ['a text beyond the limits', byHash(`{ viewer { ${'kind '.repeat(1_001)} } }`), 'the maximum is 1000'],
  ])('%s', async (_, content, message) => {
    const file = await fileOf(content)
    await expect(readPersistedOperations(file)).rejects.toThrow(BadPersistedOperations)
    await expect(readPersistedOperations(file)).rejects.toThrow(message)
    await expect(readPersistedOperations(file)).rejects.toThrow(file)
  })
  it('a path that does not exist, and a folder without operations', async () => {
    await expect(readPersistedOperations(join(folder, 'nothing'))).rejects.toThrow('cannot be read')
    await mkdir(join(folder, 'empty'))
    await expect(readPersistedOperations(join(folder, 'empty'))).rejects.toThrow('has no operations')
  })
  it(`more than ${MAX_PERSISTED_OPERATIONS} operations`, async () => {
    const texts = (count: number) => fileOf(byHash(...Array.from({ length: count }, (_, i) => `query Q${i} { __typename }`)))
    expect((await readPersistedOperations(await texts(300), { max: 300 })).size).toBe(300)
    await expect(readPersistedOperations(await texts(301), { max: 300 })).rejects.toThrow('has 301 operations; the maximum is 300.')
    await expect(readPersistedOperations(await texts(MAX_PERSISTED_OPERATIONS + 1))).rejects.toThrow(`the maximum is ${MAX_PERSISTED_OPERATIONS}`)
  })
})
