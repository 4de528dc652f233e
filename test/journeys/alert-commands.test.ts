import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runCommand } from '../kit/command.ts'

/** Two quota alerts, two minutes ago. */
const REACHED = `
  insert into quotas.alerts (cursor, tenant_id, counter_id, policy_id, metric, window_unit, window_from, window_to, scope, scope_value,
    threshold, used, quota_limit, occurred_at)
  select n, 'acme', gen_random_uuid(), 'p', 'requests', 'day', now(), now(), '[]', '[]', 100, 5, 5, now() - interval '2 minutes'
  from generate_series(1, 2) n`

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await database.asOwner(REACHED)
})
afterAll(() => database?.drop())

const run = (...args: string[]) => runCommand(['alerts', ...args], { DATABASE_URL: database.url })

it('changes alert rules, evaluates them once and lists alerts', async () => {
  const set = await run('set', 'QUOTA_EXCEEDED', '--threshold', '1', '--window', '60')
  expect(set).toMatchObject({ exitCode: 0, stderr: '' })
  expect(set.stdout).toMatch(/^QUOTA_EXCEEDED +TENANT +yes +1 +0\.8 +60 +- +1 +1$/m)
  const evaluated = await run('evaluate', '--verify')
  expect(evaluated.stdout).toContain('Tenant acme: 2 quota limits were reached in the last hour, above the threshold of 1.')
  const [again, listed, rules, wrong] = await Promise.all([run('evaluate'), run('list'), run('rules'), run('set', 'ERROR_RATE', '--threshold', '5')])
  expect(again).toMatchObject({ exitCode: 0, stdout: '', stderr: 'No alert was raised, and none recovered.\n' })
  expect(listed.stdout).toMatch(/^QUOTA_EXCEEDED +acme +\d{4}-\d\d-\d\dT\d\d:\d\dZ +- +2 +1 +Tenant acme: /m)
  expect(rules.stdout.split('\n').filter(line => / (?:yes|no) /.test(line))).toHaveLength(8)
  expect(wrong).toMatchObject({ exitCode: 1, stderr: 'threshold: must be a fraction of calls from 0 to 1, such as 0.05 for 5 %, not 5\n' })
})
