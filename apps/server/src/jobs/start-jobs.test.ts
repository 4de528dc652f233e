import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { APPLICATION_ROLE, openOwner } from '@tollgate/postgres'
import { OPERATOR_SCOPE, tenantScope } from '@tollgate/kernel'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { eventually } from '../../../../test/kit/eventually.ts'
import { migrations } from '../database/migrations.ts'
import type { Job } from './job.ts'
import { startJobs } from './start-jobs.ts'

let test: TestDatabase
let started: { stop(): Promise<void> }[]
let logged: Record<string, unknown>[]

beforeAll(async () => {
  test = await createTestDatabase()
})
beforeEach(() => {
  started = []
  logged = []
})
afterEach(async () => {
  await Promise.all(started.map(jobs => jobs.stop()))
  await test.asOwner('delete from graphile_worker._private_jobs')
})
afterAll(() => test.drop())

const serve = (...jobs: Job[]) => serveAt(test.access.directUrl, ...jobs)

async function serveAt(url: string, ...jobs: Job[]): Promise<{ stop(): Promise<void> }> {
  const log = pino({ base: null }, { write: line => void logged.push(JSON.parse(line) as Record<string, unknown>) })
  const running = await startJobs({ access: { ...test.access, directUrl: url }, jobs, log, applicationName: 'jobs of a test' })
  started.push(running)
  return running
}

const ADD = `select jobs.add_job($1, $2, $3, $4, 0, $5)`
const add = (
  name: string,
  payload: unknown,
  { key = null, groups = null, attempts = 1 }: { key?: string | null; groups?: string[] | null; attempts?: number } = {},
) => test.database.query(OPERATOR_SCOPE, ADD, [name, JSON.stringify(payload), key, groups, attempts])
const waiting = () => test.asOwner<{ attempts: number }>('select attempts from graphile_worker.jobs where locked_at is null and attempts < max_attempts')
const left = () => test.asOwner('select from graphile_worker.jobs')

it('runs each job once on one of several servers', async () => {
  const ran: unknown[] = []
  const job: Job = { name: 'note', run: async payload => void ran.push(payload) }
  await Promise.all([serve(job), serve(job), serve(job)])
  await Promise.all(Array.from({ length: 30 }, (_, i) => add('note', i)))
  await eventually('all jobs have run', async () => (await left()).length === 0)
  expect(ran.toSorted((a, b) => Number(a) - Number(b))).toEqual(Array.from({ length: 30 }, (_, i) => i))
})

it('takes jobs from a transaction of a tenant, also after a second start', async () => {
  await using owner = await openOwner({ url: test.url })
  await owner.migrate(migrations)
  await test.database.query(tenantScope('acme'), ADD, ['note', '1', null, null, 1])
  expect(await waiting()).toHaveLength(1)
})

it('does not warn about more concurrent jobs than connections', async () => {
  let ran = false
  await serve({ name: 'note', concurrency: 16, run: async () => void (ran = true) })
  await add('note', 1)
  await eventually('it has run', () => ran)
  expect(logged.filter(({ level }) => Number(level) >= 40)).toEqual([])
})

it('runs a job if the transaction that added it commits, and not if it is rolled back', async () => {
  const ran: unknown[] = []
  await serve({ name: 'note', run: async payload => void ran.push(payload) })
  const gone = test.database.transaction(OPERATOR_SCOPE, async transaction => {
    await transaction.query(ADD, ['note', '"gone"', null, null, 1])
    throw new Error('stop')
  })
  await expect(gone).rejects.toThrow('stop')
  await add('note', 'stays')
  await eventually('it has run', () => ran.length > 0)
  expect(ran).toEqual(['stays'])
})

it('logs a failure once with its cause, and retries the job', async () => {
  await serve({ name: 'break', run: () => Promise.reject(new Error('out of paper')) })
  await add('break', { page: 7 }, { attempts: 2 })
  const [job] = await eventually('a retry is waiting', async () => {
    const jobs = await waiting()
    return jobs[0]?.attempts === 1 && jobs
  })
  expect(job?.attempts).toBe(1)
  const failures = logged.filter(({ level }) => Number(level) >= 40)
  expect(failures).toMatchObject([
    { level: 50, msg: 'A job failed.', job: 'break', attempt: 1, again: true, payload: { page: 7 }, err: { message: 'out of paper' } },
  ])
})

it('limits the running jobs of a group without delaying other groups', async () => {
  const { promise: free, resolve } = Promise.withResolvers<void>()
  const ran: string[] = []
  let running = 0
  const together: number[] = []
  await serve({
    name: 'send',
    concurrency: 6,
    groupConcurrency: { to: 2, of: 3 },
    async run(to) {
      ran.push(String(to))
      if (to !== 'slow') return
      together.push(++running)
      await free
      running -= 1
    },
  })
  await Promise.all(Array.from({ length: 20 }, () => add('send', 'slow', { groups: ['to slow', 'of acme'] })))
  await Promise.all(Array.from({ length: 20 }, () => add('send', 'fast', { groups: ['to fast', 'of globex'] })))
  await eventually('the others have run', () => ran.filter(to => to === 'fast').length === 20)
  expect(running).toBe(2)
  resolve()
  await eventually('all jobs have run', async () => (await left()).length === 0)
  expect([ran.length, Math.max(...together)]).toEqual([40, 2])
})

it('counts a job in each of its groups', async () => {
  const { promise: free, resolve } = Promise.withResolvers<void>()
  const running = new Set<unknown>()
  await serve({
    name: 'send',
    concurrency: 6,
    groupConcurrency: { to: 1, of: 3 },
    async run(to) {
      running.add(to)
      if (to !== 'other') await free
    },
  })
  await Promise.all(Array.from({ length: 10 }, (_, i) => add('send', i, { groups: [`to ${i}`, 'of acme'] })))
  await eventually('the limit is reached', () => running.size === 3)
  await add('send', 'other', { groups: ['to other', 'of globex'] })
  await eventually('a job of another group runs', () => running.has('other'))
  expect(running.size).toBe(4)
  resolve()
  await eventually('all jobs have run', async () => (await left()).length === 0)
  expect(running.size).toBe(11)
})

it('does not let jobs with a concurrency of their own delay others', async () => {
  const { promise: free, resolve } = Promise.withResolvers<void>()
  const ran: unknown[] = []
  await serve({ name: 'slow', concurrency: 2, run: () => free }, { name: 'note', run: async payload => void ran.push(payload) })
  await Promise.all(Array.from({ length: 20 }, (_, i) => add('slow', i)))
  await add('note', 'through')
  await eventually('the other has run', () => ran.length > 0)
  resolve()
  await eventually('the slow ones have run', async () => (await left()).length === 0)
})

it('runs the jobs that a killed server left locked, but not those that a running server holds', async () => {
  const { promise: free, resolve } = Promise.withResolvers<void>()
  const held: unknown[] = []
  await serve({
    name: 'held',
    run: async payload => {
      held.push(payload)
      await free
    },
  })
  await add('held', 'by the living')
  await eventually('it runs', () => held.length > 0)
  await add('left', 'by the dead', { attempts: 2 })
  const lock = `locked_by = 'pool-dead', locked_at = now() - interval '1 minute'`
  await test.asOwner(`update graphile_worker._private_jobs set ${lock}, attempts = 1 where payload::text = '"by the dead"'`)
  await test.asOwner(`update graphile_worker._private_jobs set locked_at = now() - interval '1 hour' where payload::text = '"by the living"'`)

  const ran: unknown[] = []
  const job: Job = { name: 'left', run: async payload => void ran.push(payload) }
  await serve(job, { name: 'held', run: async payload => void held.push(payload) })
  await eventually('it has run', () => ran.length > 0)
  expect(ran).toEqual(['by the dead'])
  resolve()
  await eventually('nothing is left', async () => (await left()).length === 0)
  expect(held).toEqual(['by the living'])
})

it('continues after losing all connections during a job', async () => {
  const ran: unknown[] = []
  await serve({
    name: 'note',
    async run(payload) {
      if (payload === 'first')
        await test.asOwner(`select pg_terminate_backend(pid) from pg_stat_activity where application_name ~ '^(jobs of a test|tollgate jobs)'`)
      ran.push(payload)
    },
  })
  await add('note', 'first')
  await eventually('the first has run', () => ran.length > 0)
  await add('note', 'second')
  await eventually('the second has run', () => ran.includes('second'))
})

it('tries again every second in an outage, instead of ever less often', async () => {
  const ran: unknown[] = []
  const role = `jobs_${process.pid}`
  await test.asOwner(`create role ${role} login password 'secret'`)
  await test.asOwner(`grant ${APPLICATION_ROLE} to ${role} with set false`)
  const url = new URL(test.access.directUrl)
  url.username = role
  url.password = 'secret'
  await serveAt(
    url.href,
    { name: 'note', schedule: '0 3 * * *', run: async payload => void ran.push(payload) },
    { name: 'own', concurrency: 2, run: async () => {} },
  )
  await test.asOwner(`alter role ${role} nologin`)
  await test.asOwner(`select pg_terminate_backend(pid) from pg_stat_activity where usename = '${role}'`)
  const retries = () => logged.filter(({ msg }) => msg === 'Background jobs cannot run; trying again.').length
  await eventually('the start is retried several times', () => retries() >= 3, 15_000)
  await test.asOwner(`alter role ${role} login`)
  await add('note', 1)
  await eventually('the job has run', () => ran.length > 0, 10_000)
  await Promise.all(started.splice(0).map(jobs => jobs.stop()))
  await test.asOwner(`drop role ${role}`)
})

it('closes its connections when PostgreSQL has stopped answering, and goes on when it answers again', async () => {
  const ran: unknown[] = []
  let silent = () => {}
  const log = pino({ base: null }, { write: line => void logged.push(JSON.parse(line) as Record<string, unknown>) })
  const job: Job = { name: 'note', run: async payload => void ran.push(payload) }
  started.push(
    await startJobs({ access: test.access, jobs: [job], log, applicationName: 'hung jobs', watch: { onSilence: listener => void (silent = listener) } }),
  )
  const backends = () =>
    test.asOwner<{ pid: number }>(`select pid from pg_stat_activity where application_name like 'hung jobs%' or application_name like 'tollgate jobs %'`)
  await eventually('it listens', async () => (await backends()).length > 0)
  const hung = (await backends()).map(({ pid }) => pid)
  for (const pid of hung) process.kill(pid, 'SIGSTOP')
  await add('note', 1)
  silent()
  await eventually('the job has run on other connections', () => ran.length > 0)
  for (const pid of hung) process.kill(pid, 'SIGCONT')
})

it('registers the schedules of jobs', async () => {
  await serve({ name: 'nightly', schedule: '0 3 * * *', run: async () => {} })
  await eventually(
    'the schedule is known',
    async () => (await test.asOwner(`select from graphile_worker._private_known_crontabs where identifier = 'nightly'`)).length === 1,
  )
})

it('stops when it is stopped during its start', async () => {
  const running = await serve({ name: 'note', run: async () => {} })
  await running.stop()
  started = []
  expect(logged.filter(({ level }) => Number(level) >= 40)).toEqual([])
})

it('stops after the running job has ended, without starting another', async () => {
  const { promise: free, resolve } = Promise.withResolvers<void>()
  const ran: unknown[] = []
  const jobs = await serve({
    name: 'long',
    concurrency: 1,
    async run(payload) {
      ran.push(payload)
      await free
    },
  })
  await add('long', 1)
  await eventually('one runs', () => ran.length > 0)
  await add('long', 2)
  const stopped = jobs.stop()
  resolve()
  await stopped
  started = []
  expect(ran).toHaveLength(1)
  expect(await waiting()).toHaveLength(1)
})

it('interrupts a job that does not end soon after the stop, and runs it again later', async () => {
  let runs = 0
  const jobs = await serve({
    name: 'endless',
    run: (_, signal) => {
      runs += 1
      return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))
    },
  })
  await add('endless', null, { attempts: 5 })
  await eventually('it runs', () => runs > 0)
  await jobs.stop()
  started = []
  expect(await waiting()).toEqual([{ attempts: 1 }])
  expect(logged.filter(({ level }) => Number(level) >= 50)).toEqual([])
})
