import { createTestDatabase } from '@tollgate/postgres/testing'
import { expect, it } from 'vitest'
import { fuzzedServer } from './fuzzed-server.ts'
import { runFuzz } from './run-fuzz.ts'

const REQUESTS = 200

/** Longer runs with other seeds: npm run fuzz. */
it('answers random operations without a failure, an internal or a hanging request, and logs no secret', async () => {
  const database = await createTestDatabase()
  await using fuzzed = await fuzzedServer({ databaseUrl: database.url })
  const { outcomes, breaches, requests } = await runFuzz({ ...fuzzed, seed: 1, goesOn: sent => sent < REQUESTS })
  expect(breaches).toEqual([])
  expect(requests).toBe(REQUESTS)
  // Most operations of those who may do everything are executed, and others are refused in many ways.
  expect(outcomes['data']).toBeGreaterThan(REQUESTS / 4)
  expect(Object.keys(outcomes).length).toBeGreaterThan(5)
  expect(await fuzzed.server.api.ask('{ viewer { kind } }')).toEqual({ viewer: { kind: 'OPERATOR' } })
  await database.drop()
})
