import { Client } from 'pg'
import { expect, inject, it } from 'vitest'
import { PoolerInBetween, type ProbedClient, sharesSessions } from './pooler.ts'

/** A client as it appears through a pooler, which hands out its sessions in turns. */
function pooledClient(sessions: readonly number[], processID = 99_999): ProbedClient {
  let turn = 0
  const query = async () => ({ rows: [{ pid: sessions[turn++ % sessions.length] }] })
  return { processID, query } as unknown as ProbedClient
}

it('accepts a direct connection, without opening another', async () => {
  const client = new Client({ connectionString: inject('postgresUrl') })
  await client.connect()
  expect(await sharesSessions(client, () => Promise.reject(new Error('not needed')))).toBe(false)
  await client.end()
})

it('finds a pooler that gives the session of one client to another', async () => {
  expect(await sharesSessions(pooledClient([1]), async () => pooledClient([1]))).toBe(true)
  expect(await sharesSessions(pooledClient([1]), async () => pooledClient([4, 3, 2, 1]))).toBe(true)
})

it('accepts a pooler that gives each client a session of its own', async () => {
  expect(await sharesSessions(pooledClient([1]), async () => pooledClient([2]))).toBe(false)
})

it('names the address of the pooler and the URLs to set, but no password', () => {
  const { message } = new PoolerInBetween('postgres://owner:hunter2@pooler.internal:6432/metering')
  expect(message).toContain('pooler.internal:6432')
  expect(message).toContain('TOLLGATE_MIGRATIONS_URL')
  expect(message).not.toContain('hunter2')
})
