import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runCommand } from '../kit/command.ts'
import { type TemporaryDirectory, temporaryDirectory } from '../kit/temporary-directory.ts'

let directory: TemporaryDirectory
let database: TestDatabase

beforeAll(async () => {
  directory = await temporaryDirectory()
  database = await createTestDatabase()
  await runCommand(['tenants', 'create', 'acme', '--name', 'Acme', '--tier', 'pro'], { DATABASE_URL: database.url })
})
afterAll(async () => {
  await database?.drop()
  await directory[Symbol.asyncDispose]()
})

const charges = (...args: string[]) => runCommand(['charges', ...args], { DATABASE_URL: database.url })
const file = async (name: string, content: unknown) => {
  const path = join(directory.path, name)
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}
const versions = () => database.asOwner<{ label: string }>(`select name || ' v' || version as label from pricing.charge_rules order by published_at, version`)

it('publish-markup shows the effect of a rule, publishes it with --yes, and warns that the next version replaces others', async () => {
  const standard = ['publish-markup', 'standard', '--percent', '20', '--from', '2026-01-01']
  expect(await charges(...standard)).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: `The markup standard, for all tenants, from 2026-01-01T00:00:00Z on: 20 % on all costs

example        charge, USD
─────────────  ───────────
a cost of 100          120

Pass --yes to continue.
Nothing was published.
`,
  })
  expect(await versions()).toEqual([])
  expect(await charges(...standard, '--yes')).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^rule_[0-9a-f-]{36}\n$/) })
  const next = await charges('publish-markup', 'standard', '--percent', '15', '--provider', 'azure-openai', '--plan', 'gold', '--from', '2026-06-01', '--yes')
  expect(next.stderr).toContain('standard v1 is for all tenants. This version replaces it there too. To keep both, use another name.')
  expect(next.stderr).toContain('No tenant is on the plan "gold" now.')
  expect((await charges('rules', '--kind', 'markup')).stdout).toMatch(
    /standard v2 +plan gold +2026-06-01 +- +in effect +15 % on the cost of azure\nrule_\S+ +markup +standard v1 +all tenants +2026-01-01 +- +- +20 % on all costs\n/,
  )
  expect((await charges('rules', '--at', '2026-05-31')).stdout).toMatch(/standard v1 .*\n$/)
})

it('publish-discount publishes simple discounts by options, and any discount from a file', async () => {
  const options = ['--percent', '10', '--maximum', '2', '--provider', 'openai', '--coupon', 'SPRING', '--coupon-limit', '100', '--best-of', 'spring']
  const launch = await charges('publish-discount', 'launch', ...options, '--yes')
  expect(launch.stderr).toContain(
    '10 % off the remaining amount; at most 2 off one charge; best of spring; for the provider openai, and the coupon SPRING, at most 100 times\n',
  )
  expect(launch.stderr).toMatch(/a charge of 100 +98\n/)
  const volume = await file('volume.json', {
    effect: { kind: 'tiered', measure: 'quantity', of: 'period', tiers: [{ from: 0, percent: 0 }, { from: 1_000_000, percent: '7.5' }] }, // prettier-ignore
    conditions: [
      { kind: 'hours-of-day', from: '22:00', to: '06:00', timeZone: 'Asia/Kolkata' },
      { kind: 'weekdays', days: ['sunday'], timeZone: 'UTC' },
      { kind: 'usage-threshold', measure: 'subtotal', from: '0.5' },
      { kind: 'validity', to: '2027-01-01T00:00:00Z' },
      { kind: 'dimension', dimension: 'feature', anyOf: ['chat', 'search'] },
      { kind: 'billing-tier', anyOf: ['pro'] },
      { kind: 'first-time-customer' },
    ],
  })
  expect(await charges('publish-discount', 'volume', '--tenant', 'acme', '--file', volume, '--yes')).toMatchObject({ exitCode: 0 })
  const { stdout } = await charges('rules', '--tenant', 'acme', '--kind', 'discount')
  expect(stdout).toContain(
    "by the period's quantity: 0 % from 0, 7.5 % from 1000000, off the remaining amount; for 22:00 to 06:00 in Asia/Kolkata, and sunday in UTC, and the charge's subtotal from 0.5, and times before 2027-01-01T00:00:00Z, and the feature chat or search, and the billing tier pro, and a first-time customer\n",
  )
})

it('redeem-coupon applies the discounts of a coupon to a tenant, and names an unknown code', async () => {
  expect(await charges('publish-discount', 'welcome', '--percent', '5', '--coupon', 'HELLO', '--yes')).toMatchObject({ exitCode: 0 })
  const redeemed = await charges('redeem-coupon', 'acme', 'hello')
  expect(redeemed).toMatchObject({ exitCode: 0, stdout: 'welcome\n', stderr: expect.stringMatching(/^The discount welcome applies to acme from \S+ on\.\n$/) })
  expect(await charges('redeem-coupon', 'acme', 'HELLO')).toEqual(redeemed)
  expect(await charges('redeem-coupon', 'acme', 'goodbye')).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('goodbye') })
})

it('publish-model shows the charge at the bounds of tiers', async () => {
  const tiers = ['--tier', '0=0.00002', '--tier', '1000000=0.000015', '--included', '500000']
  const { stderr } = await charges('publish-model', 'tokens', ...tiers, '--tenant', 'acme', '--from', '2026-11-01', '--yes')
  expect(stderr).toContain('graduated: 0.00002 each, above 1000000 0.000015 each; the first 500000 free')
  expect(stderr).toMatch(/500000 tokens +0\n1500000 tokens +20\n2500000 tokens +35\n/)
  const byVolume = await charges('publish-model', 'volume', ...tiers, '--volume', '--dry-run')
  expect(byVolume.stderr).toMatch(/1500000 tokens +20\n2500000 tokens +30\n/)
  const matrix = {
    kind: 'matrix',
    dimensions: ['model', 'pool'],
    cells: [
      { of: {}, price: { kind: 'per-unit', unitPrice: 1, per: 1_000_000 } },
      { of: { model: 'gpt-5', pool: 'output' }, price: { kind: 'per-unit', unitPrice: '12.5', per: 1_000_000 } },
    ],
  }
  const shown = await charges('publish-model', 'matrix', '--file', await file('matrix.json', matrix), '--dry-run')
  expect(shown.stderr).toMatch(/1000000 tokens of \* \/ \* +1\n1000000 tokens of gpt-5 \/ output +12\.5\n/)
})

it('withdraw ends a rule, and shows it first', async () => {
  await charges('publish-markup', 'passing', '--percent', '5', '--from', '2026-01-01', '--yes')
  const id = /^(rule_\S+) .* passing v1 /m.exec((await charges('rules')).stdout)?.[1] ?? ''
  expect((await charges('withdraw', id, '--from', '2026-12-01')).stderr).toMatch(/passing v1 .*5 % on all costs\nPass --yes to continue\.\nNothing/)
  expect(await charges('withdraw', id, '--from', '2026-12-01', '--yes')).toMatchObject({
    exitCode: 0,
    stderr: expect.stringContaining('Withdrew the markup passing from 2026-12-01T00:00:00Z on, as passing v2.'),
  })
  expect((await charges('rules', '--at', '2026-12-01')).stdout).not.toContain('passing')
  expect((await charges('rules', '--at', '2026-11-30')).stdout).toContain('passing v1')
})

it('publish-discount names every invalid field, and publishes nothing', async () => {
  const before = await versions()
  const bad = await file('bad.json', {
    effect: { kind: 'tiered', measure: 'x', tiers: [{ from: 1, percent: 0.5 }] },
    conditions: [{ kind: 'hours-of-day', from: '25:00', to: '06:00', timeZone: 'Mars' }],
    budgets: 1,
  })
  const { exitCode, stderr } = await charges('publish-discount', 'bad', '--file', bad, '--yes')
  expect(exitCode).toBe(1)
  const fields = ['effect.measure', 'effect.tiers.0.percent', 'effect.tiers.0.from', 'conditions.0.from', 'conditions.0.timeZone', 'budgets']
  for (const field of fields) expect(stderr).toContain(`discount.${field}: `)
  expect(await versions()).toEqual(before)
})

it.each([
  { args: ['publish-discount', 'x'], says: /^Specify the amount off: --percent, --amount or --file\.$/m },
  { args: ['publish-discount', 'x', '--percent', '200'], says: /discount\.effect\.percent: must be a number from 0 to 100/ },
  { args: ['publish-discount', 'x', '--percent', '1', '--amount', '1'], says: /cannot be used with option/ },
  { args: ['publish-discount', 'x', '--percent', '1', '--coupon-limit', '1'], says: /Coupon limits require --coupon/ },
  { args: ['publish-discount', 'x', '--file', '/nowhere.json'], says: /^The charge rule in \/nowhere\.json cannot be published\. The file does not exist\.$/m },
  { args: ['publish-model', 'x', '--tier', '5=1', '--tier', '1=1'], says: /tiers\.0\.from: must be 0.*tiers\.1\.from: must be greater than 5/ },
  { args: ['publish-model', 'x', '--tier', 'many'], says: /such as 1000000=0\.000015/ },
  { args: ['publish-markup', 'x', '--percent', '1', '--from', '2026-02-01', '--to', '2026-01-01'], says: /^to: must be after from/m },
  { args: ['publish-markup', 'x', '--percent', '1', '--tenant', 'nobody', '--yes'], says: /^There is no tenant "nobody"\.$/m },
  { args: ['withdraw', 'rule_01900000-0000-7000-8000-000000000000'], says: /^There is no charge rule "rule_01900000/m },
  { args: ['rules', '--tenant', 'nobody'], says: /^There is no tenant "nobody"\.$/m },
])('rejects $args', async ({ args, says }) => {
  const { exitCode, stderr } = await charges(...args)
  expect(stderr).toMatch(says)
  expect(exitCode).toBe(1)
})
