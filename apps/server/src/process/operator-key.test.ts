import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { findOperatorKey, operatorKeyFile } from './operator-key.ts'

let dataDirectory: string
beforeEach(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'tollgate-key-'))
})
afterEach(() => rm(dataDirectory, { recursive: true }))

it('generates a key once, in a file that only its owner can read', async () => {
  const first = await findOperatorKey({ operatorKey: undefined, dataDirectory })
  expect(first).toMatchObject({ from: 'created', key: expect.stringMatching(/^tg_operator_[\w-]{32}$/) })
  expect((await stat(operatorKeyFile(dataDirectory))).mode & 0o777).toBe(0o600)
  expect(await findOperatorKey({ operatorKey: undefined, dataDirectory })).toEqual({ ...first, from: 'file' })
  expect(await readdir(dataDirectory)).toEqual(['operator-key'])
})

it('uses the key of the environment and writes no file', async () => {
  expect(await findOperatorKey({ operatorKey: 'sixteen-letters-', dataDirectory })).toEqual({ key: 'sixteen-letters-', from: 'environment' })
  expect(await readdir(dataDirectory)).toEqual([])
})

it('rejects a data directory that cannot be written', async () => {
  await expect(findOperatorKey({ operatorKey: undefined, dataDirectory: join(dataDirectory, 'missing') })).rejects.toMatchObject({
    code: 'DATA_DIRECTORY_UNUSABLE',
  })
})
