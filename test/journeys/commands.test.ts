import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runCommand, spawnCommand } from '../kit/command.ts'
import { type LocalServer, startLocalServer } from '../kit/local-server.ts'
import { SOURCE } from '../kit/programs.ts'
import { type TemporaryDirectory, temporaryDirectory } from '../kit/temporary-directory.ts'

let directory: TemporaryDirectory
let database: TestDatabase
let server: LocalServer

beforeAll(async () => {
  directory = await temporaryDirectory()
  database = await createTestDatabase()
  server = await startLocalServer({ DATABASE_URL: database.url })
})
afterAll(async () => {
  await server?.stop()
  await database?.drop()
  await directory[Symbol.asyncDispose]()
})

const run = (...args: string[]) => runCommand(args, { DATABASE_URL: database.url })

const TRACK =
  'mutation ($input: TrackUsageInput!) { trackUsage(input: $input) { ... on TrackUsagePayload { results { outcome event { cost pricingState } } } ... on Error { code } } }'

it('tenants: creates and lists tenants, and rejects an id that is taken', async () => {
  expect(await run('tenants', 'create', 'acme', '--name', 'Acme', '--tier', 'pro', '--time-zone', 'Asia/Kolkata')).toMatchObject({
    exitCode: 0,
    stdout: 'acme\n',
  })
  const [again, badZone, list] = await Promise.all([
    run('tenants', 'create', 'acme', '--name', 'Other'),
    run('tenants', 'create', 'b', '--name', 'B', '--time-zone', 'Mars/Olympus'),
    run('tenants', 'list'),
  ])
  expect(again).toMatchObject({ exitCode: 1, stdout: '', stderr: 'The tenant "acme" already exists.\n' })
  expect(badZone).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/timeZone: "Mars\/Olympus"/) })
  expect(list.stdout).toMatch(/^acme +Acme +pro +Asia\/(Kolkata|Calcutta) +USD/m)
})

it('keys: creates a key, rotates it, and revokes it', async () => {
  const { stdout } = await run('keys', 'create', '--tenant', 'acme', '--name', 'ci', '--scope', 'usage:write', 'usage:read')
  const api = server.api.as(stdout.trim())
  expect((await api.ask(TRACK, { input: { events: [{ operation: 'ping' }] } })).trackUsage.results[0].outcome).toBe('ACCEPTED')

  const list = await run('keys', 'list')
  expect(list.stdout).toMatch(/acme +ci +\S+ +usage:write usage:read/)
  expect(list.stdout).not.toContain(stdout.trim())
  const id = /^(\S+) +acme +ci /m.exec(list.stdout)?.[1] ?? ''

  const rotated = await run('keys', 'rotate', id, '--old-until', '2020-01-01')
  expect(rotated.stderr).toMatch(/^Rotated the key "ci"\. Its old secret works until /)
  const old = await api.send(TRACK, { input: { events: [{ operation: 'ping' }] } })
  expect(old.errors?.[0]).toMatchObject({ message: expect.stringContaining('expired'), extensions: { code: 'UNAUTHENTICATED' } })
  const renewed = server.api.as(rotated.stdout.trim())
  expect((await renewed.ask(TRACK, { input: { events: [{ operation: 'ping' }] } })).trackUsage.results[0].outcome).toBe('ACCEPTED')

  const signing = await run('keys', 'rotate-signing', '--revoke-tokens')
  expect(signing).toMatchObject({ exitCode: 0, stderr: 'Created a new signing key. Earlier access tokens are no longer valid.\n' })

  expect(await run('keys', 'revoke', id)).toMatchObject({ exitCode: 0, stderr: 'Revoked the key "ci".\n' })
  const { errors } = await renewed.send(TRACK, { input: { events: [{ operation: 'ping' }] } })
  expect(errors?.[0]).toMatchObject({ message: expect.stringContaining('revoked'), extensions: { code: 'UNAUTHENTICATED' } })
})

it('prices: reports an unpriced model, and prices it once a price is published', async () => {
  const event = { operation: 'chat', provider: 'inhouse', model: 'thinker-1', occurredAt: '2026-11-02T00:00:00Z', tokens: { input: 1_000_000, output: 10 } }
  const track = async () => (await server.api.ask(TRACK, { input: { tenantId: 'acme', events: [event] } })).trackUsage.results[0].event
  expect(await track()).toEqual({ cost: null, pricingState: 'UNPRICED' })
  expect((await run('prices', 'unpriced')).stdout).toMatch(/^inhouse +thinker-1 +1 +unknown_model 1$/m)

  expect(
    (
      await run(
        'prices',
        'publish',
        '--provider',
        'inhouse',
        '--model',
        'thinker-1',
        '--from',
        '2026-01-01',
        '--input',
        '0.40',
        '--output',
        '1.2',
        '--cache-write-5m',
        '0.5',
      )
    ).exitCode,
  ).toBe(0)
  expect(await track()).toEqual({ cost: '0.400012', pricingState: 'PRICED' }) // 0.40 + 10 × 1.2 / 1,000,000
  expect((await run('prices', 'list', '--provider', 'inhouse')).stdout).toMatch(/^inhouse +thinker-1 +custom +2026-01-01 +- +0\.4 +1\.2 +cacheWrite5m 0\.5$/m)
})

it('prices: names a deployment, and rates its past calls when asked to', async () => {
  const track = async (occurredAt: string) => {
    const event = { operation: 'chat', provider: 'azure', model: 'chat-prod', occurredAt, tokens: { input: 1_000_000 } }
    return (await server.api.ask(TRACK, { input: { tenantId: 'acme', events: [event] } })).trackUsage.results[0].event
  }
  expect(await track('2026-11-02T00:00:00Z')).toMatchObject({ pricingState: 'UNPRICED' })
  const set = (...args: string[]) =>
    run('prices', 'alias', 'set', '--tenant', 'acme', '--provider', 'azure', '--name', 'Chat-Prod', '--from', '2026-11-01', ...args)
  const named = await set('--model', 'gpt-5-mini', '--keep-unpriced')
  expect(named).toMatchObject({
    exitCode: 0,
    stderr: expect.stringMatching(/now cost what calls of azure "gpt-5-mini" cost\.\n1 past call of this name is unpriced/),
  })
  expect(await track('2026-11-03T00:00:00Z')).toEqual({ pricingState: 'PRICED', cost: '0.25' })
  expect((await set('--model', 'gpt-5-mini', '--yes')).stderr).toMatch(/is completed: corrected 1 events\.\n$/)
  expect((await set('--model', 'no-such-model', '--to', '2026-11-02')).stderr).toMatch(/That model has no price yet/)
  const end = await run('prices', 'alias', 'end', '--tenant', 'acme', '--provider', 'azure', '--name', 'chat-prod', '--from', '2026-11-20')
  expect(end).toMatchObject({ exitCode: 0, stderr: 'From 2026-11-20T00:00:00Z on, azure "chat-prod" is no alias.\n' })
  expect(await track('2026-11-21T00:00:00Z')).toMatchObject({ pricingState: 'UNPRICED' })
  const { stdout } = await run('prices', 'alias', 'list', '--tenant', 'acme')
  expect(stdout).toMatch(/^acme +azure +chat-prod +none +2026-11-20T00:00:00Z +-$/m)
  expect(stdout).toMatch(/^acme +azure +Chat-Prod +azure gpt-5-mini +2026-11-01T00:00:00Z +-$/m)
  expect((await set('--model', 'azure/chat-prod')).stderr).toMatch(/target: is the name itself/)
})

it('prices: publishes rates for long contexts, cache and service tiers from options', async () => {
  const publish = (...args: string[]) => run('prices', 'publish', '--provider', 'inhouse', '--model', 'long', '--from', '2026-01-01', ...args)
  const steps = ['--step', '200000:input=6,output=22.5', '--step', '400000:input=9']
  const rates = ['--input', '3', '--output', '15', '--cache-read-times', '0.1', '--cache-write-5m-times', '1.25', '--cache-write-1h-times', '2']
  expect(await publish(...rates, ...steps, '--to', '2026-07-01')).toMatchObject({ exitCode: 0 })
  expect(await publish('--service-tier', 'batch', '--input', '1.5', '--output', '7.5')).toMatchObject({ exitCode: 0 })
  const { stdout } = await run('prices', 'list', '--provider', 'inhouse', '--model', 'long')
  expect(stdout).toMatch(
    /custom +2026-01-01 +2026-07-01 +3 +15 +cacheRead 0\.3, cacheWrite5m 3\.75, cacheWrite1h 6, input above 200,000 6, input above 400,000 9,/,
  )
  expect(stdout).toMatch(/output above 200,000 22\.5, cacheRead above 200,000 0\.6, cacheRead above 400,000 0\.9, /)
  expect(stdout).toMatch(/custom, batch +2026-01-01 +- +1\.5 +7\.5/)

  const units = ['--unit', 'web_search=10/1000', '--unit', 'image:high-1024x1024=0.167']
  const served = ['--speed', 'fast', '--region', 'us-gov-*', '--hours', '16:30-00:30', '--weekdays', '1-5']
  expect(await publish('--input', '1', '--cache-read-audio', '0.3', '--cache-write-30m', '1.25', ...units, ...served)).toMatchObject({ exitCode: 0 })
  expect((await run('prices', 'list', '--provider', 'inhouse', '--model', 'long')).stdout).toMatch(
    /custom, standard, fast, us-gov-\*, 16:30-00:30 UTC Mon Tue Wed Thu Fri +2026-01-01 +- +1 +- +cacheWrite30m 1\.25, cacheReadAudio 0\.3, web_search 10\/1000, image high-1024x1024 0\.167/,
  )

  const refused = await Promise.all([
    publish('--unit', 'web_search'),
    publish('--input', '1', '--weekdays', '1-5'),
    publish('--input', '1', '--step', 'long:input=2'),
    publish('--input', '1', '--step', '200000:inputs=2'),
    publish('--input', '1', '--step', '200000:input=2,input=3'),
    publish('--input', '1', '--step', '200000:output=2'),
    publish('--input', '1', '--cache-read', '1', '--cache-read-times', '0.1'),
    publish('--output', '1', '--cache-read-times', '0.1'),
    publish('--input', '1', '--tenant', 'nobody'),
  ])
  expect(refused.map(({ exitCode, stderr }) => [exitCode, stderr.split('\n')[0]])).toEqual([
    [1, expect.stringContaining('such as web_search=10/1000 or image:high-1024x1024=0.167.')],
    [1, '--weekdays: needs --hours, such as --hours 00:00-24:00'],
    [1, expect.stringContaining('such as 200000:input=6,output=22.5.')],
    [1, expect.stringContaining('"inputs=2" is not a rate of a token pool')],
    [1, expect.stringContaining('The rate of input is given twice.')],
    [1, 'contextSteps[0].perMillionTokens.output: needs a rate for shorter contexts: perMillionTokens.output'],
    [1, expect.stringContaining('cannot be used with option')],
    [1, 'cacheMultipliers.cacheRead: needs a rate to multiply: perMillionTokens.input'],
    [1, 'There is no tenant "nobody".'],
  ])
})

it('prices: publishes all prices of a file, or none', async () => {
  const file = join(directory.path, 'prices.csv')
  await writeFile(file, 'provider,model,from,to,tenantId,input,output\ninhouse,a,2026-01-01,,,1,2\ninhouse,b,2026-01-01,2026-06-01,acme,0.1,x\n')
  expect(await run('prices', 'import', file)).toMatchObject({
    exitCode: 1,
    stderr: expect.stringMatching(/Cannot import prices from .*; nothing was published. price 2, perMillionTokens.output: must be a plain decimal number/),
  })

  const json = join(directory.path, 'prices.json')
  await writeFile(
    json,
    JSON.stringify([
      { provider: 'inhouse', model: 'a', from: '2026-01-01T00:00:00Z', perMillionTokens: { input: '1', output: '2' } },
      { provider: 'inhouse', model: 'b', from: '2026-01-01', tenantId: 'acme', perMillionTokens: { input: '0.1' } },
    ]),
  )
  expect(await database.asOwner(`select from pricing.prices where provider = 'inhouse' and model = 'a'`)).toEqual([])
  const nobodys = join(directory.path, 'nobodys.csv')
  await writeFile(nobodys, 'provider,model,from,tenantId,input\ninhouse,a,2026-01-01,nobody,1\n')
  expect(await run('prices', 'import', nobodys, '--yes')).toMatchObject({ exitCode: 1, stderr: 'There is no tenant "nobody".\n' })
  const shown = await run('prices', 'import', json)
  expect(shown.stdout).toMatch(/^\+ +inhouse +b, for acme +standard +input +- +0\.1 /m)
  expect(shown).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/^\+ +inhouse +a +standard +input +- +1 +2026-01-01 +-$/m),
    stderr: '2 new, 0 changed, 0 unchanged, 0 skipped.\nPass --yes to continue.\nNothing was published.\n',
  })
  expect(await run('prices', 'import', json, '--dry-run')).toMatchObject({ stderr: expect.stringContaining('Nothing was published.') })
  expect(await database.asOwner(`select from pricing.prices where provider = 'inhouse' and model = 'a'`)).toEqual([])
  expect(await run('prices', 'import', json, '--yes')).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('\nPublished 2 prices.\n') })
  expect(await run('prices', 'import', json, '--yes')).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('\nNo prices would change.\n') })
  expect((await run('prices', 'list', '--provider', 'inhouse')).stdout).toMatch(/^inhouse +b +tenant acme /m)
})

it('prices: shows what a public list changes, and imports it', async () => {
  const file = join(directory.path, 'model_prices.json')
  const model = (rate: string) =>
    `{"thinker-2": {"litellm_provider": "inhouse", "input_cost_per_token": ${rate}, "output_cost_per_token": 1e-06, "input_cost_per_token_batches": 1.25e-07}}`
  const take = async (rate: string, ...options: string[]) => {
    await writeFile(file, model(rate))
    return run('prices', 'import', file, '--format', 'litellm', '--from', '2026-11-01', ...options)
  }
  expect((await take('2.5e-07', '--yes')).stderr).toBe('2 new, 0 changed, 0 unchanged, 0 skipped.\nPublished 2 prices.\n')
  const dearer = await take('3.5e-07', '--dry-run')
  expect(dearer.stdout).toMatch(/^~ +inhouse +thinker-2 +standard +input +0\.25 +0\.35 +2026-11-01 +- +custom inhouse\/thinker-2$/m)
  expect(dearer.stderr).toBe('0 new, 1 changed, 1 unchanged, 0 skipped.\nNothing was published.\n')
  expect((await run('prices', 'list', '--provider', 'inhouse', '--model', 'thinker-2')).stdout).toMatch(
    /^inhouse +thinker-2 +custom, batch +2026-11-01 +- +0\.125 +1 *$/m,
  )
})

it('prices: shows what a list contains that is not imported', async () => {
  const file = join(directory.path, 'searching.json')
  const long = 'x'.repeat(150)
  await writeFile(
    file,
    `{"seeker": {"litellm_provider": "inhouse", "input_cost_per_token": 1e-06, "vector_store_cost_per_gb_per_day": 0.1}, "${long}": {"litellm_provider": "inhouse"}}`,
  )
  const take = (...options: string[]) => run('prices', 'import', file, '--format', 'litellm', '--from', '2026-11-01', '--dry-run', ...options)
  expect((await take()).stderr).toBe(
    '1 new, 0 changed, 0 unchanged, 1 skipped.\nFor 1 price, the list has more charges, which are not imported; --skipped shows them.\nNothing was published.\n',
  )
  const { stdout } = await take('--skipped')
  expect(stdout).toMatch(new RegExp(`^${long.slice(0, 99)}… +has no price$`, 'm'))
  expect(stdout).toMatch(/^seeker +vector_store_cost_per_gb_per_day$/m)
})

it('prices: shows how old they are, and which models in use have no price', async () => {
  const event = { operation: 'chat', provider: 'inhouse', model: 'nobody-knows', tokens: { input: 1 } }
  await server.api.ask(TRACK, { input: { tenantId: 'acme', events: [event] } })
  const { stdout } = await run('prices', 'status')
  expect(stdout).toMatch(/^List prices: \d,?\d+, released \d{4}-\d{2}-\d{2}, imported \d{4}-\d{2}-\d{2}\.$/m)
  expect(stdout).toMatch(/^That version adds \S+ prices to its package and corrects \d+; --overlay lists them/m)
  expect(stdout).toMatch(/^inhouse +nobody-knows +1 +1 +-$/m)
  const overlay = await run('prices', 'status', '--overlay')
  expect(overlay.stdout).toMatch(/^anthropic +claude-opus-4-5 +missing +batch 0\.5 × +2026-11-26 +https:/m)
})

it('usage: finds a sum that differs from its events, and rebuilds it', async () => {
  await database.asOwner('update usage.rollups_daily set calls = calls + 1 where ctid = (select min(ctid) from usage.rollups_daily)')
  const broken = await run('usage', 'verify')
  expect(broken).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('differ from their events') })
  expect(broken.stdout).toMatch(/^rollups_daily .* calls +\d+ +\d+$/m)
  expect(await run('usage', 'rebuild')).toMatchObject({ exitCode: 0 })
  expect(await run('usage', 'verify')).toMatchObject({ exitCode: 0, stdout: '' })
})

const CALLS = [
  { args: ['--help'], exitCode: 0, says: /replay.*tenants|tenants[\s\S]*replay/ },
  { args: ['tenants', 'create', 'x'], exitCode: 1, says: /required option '--name <name>'/ },
  { args: ['nonsense'], exitCode: 1, says: /unknown command 'nonsense'/ },
  { args: ['keys', 'create', '--name', 'x', '--expires', 'tomorrow'], exitCode: 1, says: /a date, such as/ },
]

it.each(CALLS)('explains its usage, and exits with $exitCode: $args', async ({ args, exitCode, says }) => {
  const result = await run(...args)
  expect(result.exitCode).toBe(exitCode)
  expect(`${result.stdout}${result.stderr}`).toMatch(says)
})

it('says the same as a process, and exits with the same code', async () => {
  for (const args of [['--help'], ['nonsense']]) {
    expect(await spawnCommand(args, { DATABASE_URL: database.url }, { build: SOURCE })).toEqual(await run(...args))
  }
})
