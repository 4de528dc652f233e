import { type KeptCheckpoint, readKeptNotes } from '@tollgate/audit'
import { Temporal } from '@tollgate/kernel'
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { checkpointFile } from './checkpoint-file.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tollgate-checkpoints-'))
})
afterAll(() => rm(directory, { recursive: true, force: true }))

const note = (size: number) => `x/audit/tenants/acme\n${size}\n${Buffer.alloc(32, size).toString('base64')}\n\n— x AAAAAAAA\n`
const checkpoint = (size: number): KeptCheckpoint => ({
  tenantId: 'acme',
  origin: 'x/audit/tenants/acme',
  size,
  note: note(size),
  createdAt: Temporal.Instant.from('2026-11-20T12:00:00Z'),
})

it('only appends to the file, and a line that a crash cut off does not damage the next one', async () => {
  const path = join(directory, 'checkpoints.jsonl')
  const place = checkpointFile(path)
  await place.keep(checkpoint(1))
  const first = await readFile(path, 'utf8')
  await appendFile(path, '{"log":"x/audit/tenants/acme","si')
  await place.keep(checkpoint(3))
  const text = await readFile(path, 'utf8')
  expect(text.startsWith(first)).toBe(true)
  expect(readKeptNotes(text)).toEqual({ notes: new Map([['x/audit/tenants/acme', [note(1), note(3)]]]), unreadableLines: [2] })
})
