import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { encryptionKeyFile, findEncryptionKeys } from './encryption-keys.ts'

const unset = { encryptionKeys: undefined, encryptionKeyFile: undefined, databaseUrl: undefined }
let dataDirectory: string
beforeEach(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'tollgate-key-'))
})
afterEach(() => rm(dataDirectory, { recursive: true }))

it('generates a key once, in a file that only its owner can read, also for two first starts at the same time', async () => {
  const starts = await Promise.all([findEncryptionKeys({ ...unset, dataDirectory }), findEncryptionKeys({ ...unset, dataDirectory })])
  expect(starts[0]).toMatchObject([{ id: expect.stringMatching(/^[0-9a-f]{16}$/) }])
  expect(starts[1]).toEqual(starts[0])
  expect((await stat(encryptionKeyFile(dataDirectory))).mode & 0o777).toBe(0o600)
  expect(await readdir(dataDirectory)).toEqual(['encryption-key'])
})

it('generates none for a PostgreSQL of its own, whose servers share the key, but reads one that exists', async () => {
  const databaseUrl = 'postgres://db/tollgate'
  expect(await findEncryptionKeys({ ...unset, dataDirectory, databaseUrl })).toEqual([])
  expect(await readdir(dataDirectory)).toEqual([])
  const generated = await findEncryptionKeys({ ...unset, dataDirectory })
  expect(await findEncryptionKeys({ ...unset, dataDirectory, databaseUrl })).toEqual(generated)
})

it('uses the keys of the environment in their order, and writes no file', async () => {
  const encryptionKeys = `${Buffer.alloc(32, 1).toString('base64')},${Buffer.alloc(32, 2).toString('hex')}`
  const keys = await findEncryptionKeys({ ...unset, encryptionKeys, dataDirectory })
  expect(keys.map(({ bytes }) => bytes[0])).toEqual([1, 2])
  expect(await readdir(dataDirectory)).toEqual([])
})
