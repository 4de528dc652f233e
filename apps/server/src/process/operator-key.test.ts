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

it('makes a key once, for its owner alone to read', async () => {
  const first = await findOperatorKey({ operatorKey: undefined, dataDirectory })
  expect(first).toMatchObject({ from: 'made', key: expect.stringMatching(/^tg_operator_[\w-]{32}$/) })
  expect((await stat(operatorKeyFile(dataDirectory))).mode & 0o777).toBe(0o600)
  expect(await findOperatorKey({ operatorKey: undefined, dataDirectory })).toEqual({ ...first, from: 'kept' })
  expect(await readdir(dataDirectory)).toEqual(['operator-key'])
})

it('takes the key of the environment, and keeps none', async () => {
  expect(await findOperatorKey({ operatorKey: 'sixteen-letters-', dataDirectory })).toEqual({ key: 'sixteen-letters-', from: 'environment' })
  expect(await readdir(dataDirectory)).toEqual([])
})

it('says which directory cannot be written', async () => {
  await expect(findOperatorKey({ operatorKey: undefined, dataDirectory: join(dataDirectory, 'missing') })).rejects.toMatchObject({
    code: 'DATA_DIRECTORY_UNUSABLE',
  })
})
