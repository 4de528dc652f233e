import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readTrace, UnreadableTrace } from './read-trace.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tollgate-trace-'))
})
afterAll(() => rm(directory, { recursive: true }))

async function read(content: string) {
  const file = join(directory, 'trace.csv')
  await writeFile(file, content)
  const rows = []
  for await (const row of readTrace(file)) rows.push({ ...row, occurredAt: row.occurredAt.toString() })
  return rows
}

const HEADER = 'TIMESTAMP,ContextTokens,GeneratedTokens'

it('reads times in UTC or with an offset, to 100 nanoseconds', async () => {
  expect(await read(`\uFEFF${HEADER}\r\n2023-11-16 18:17:03.9799600,4808,10\r\n2023-11-16T19:17:04+01:00,0,8\r\n\r\n`)).toEqual([
    { row: 1, occurredAt: '2023-11-16T18:17:03.97996Z', inputTokens: 4808, outputTokens: 10 },
    { row: 2, occurredAt: '2023-11-16T18:17:04Z', inputTokens: 0, outputTokens: 8 },
  ])
})

it('finds columns by name, in any order and among others', async () => {
  expect(await read('model,GeneratedTokens,TIMESTAMP,ContextTokens\nm,1,2023-11-16 18:00:00,2\n')).toMatchObject([{ inputTokens: 2, outputTokens: 1 }])
})

it.each([
  { content: 'a,b\n1,2\n', says: 'its header lacks TIMESTAMP, ContextTokens, GeneratedTokens' },
  { content: `${HEADER}\n`, says: 'it has no rows' },
  { content: '', says: 'it has no rows' },
  { content: `${HEADER}\n2023-11-16 18:00:00,1,2\nyesterday,1,2\n`, says: 'row 2 has the TIMESTAMP "yesterday", which is not a time' },
  { content: `${HEADER}\n2023-11-16 18:00:00,1.5,2\n`, says: 'row 1 has the ContextTokens "1.5", which is not a number of tokens' },
  { content: `${HEADER}\n2023-11-16 18:00:00,1,-2\n`, says: 'row 1 has the GeneratedTokens "-2", which is not a number of tokens' },
  { content: `${HEADER}\n2023-11-16 18:00:00,1\n`, says: 'Invalid Record Length' },
])('reports the problem and its row: $says', async ({ content, says }) => {
  const reading = read(content)
  await expect(reading).rejects.toThrow(UnreadableTrace)
  await expect(reading).rejects.toThrow(says)
})

it('reports a missing file', async () => {
  await expect(readTrace(join(directory, 'missing.csv')).next()).rejects.toThrow('the file does not exist')
})
