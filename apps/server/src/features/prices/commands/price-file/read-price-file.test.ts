import { checkChargeRule } from '@tollgate/charges'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readPriceFile } from './read-price-file.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tollgate-prices-'))
})
afterAll(() => rm(directory, { recursive: true }))

async function read(name: string, content: string) {
  const file = join(directory, name)
  await writeFile(file, content)
  return readPriceFile(file)
}

it('reads the same prices from JSON and CSV, with exact amounts', async () => {
  const csv = await read('p.csv', 'provider,model,from,to,tenantId,perRequest,input,cacheRead\np,m,2026-01-01,,,0.1,0.30000000000000004,\n')
  const json = await read(
    'p.json',
    '[{"provider":"p","model":"m","from":"2026-01-01T00:00:00Z","perRequest":"0.1","perMillionTokens":{"input":"0.30000000000000004"}}]',
  )
  expect(csv).toEqual(json)
  expect(csv[0]?.perMillionTokens.input?.toFixed()).toBe('0.30000000000000004')
})

it('reads the example of the guide', async () => {
  const guide = await readFile(new URL('../../../../../../../docs/guides/pricing-and-charges.md', import.meta.url), 'utf8')
  const example = [...guide.matchAll(/```json\n([^`]+)```/g)].map(([, json]) => json ?? '').find(json => json.includes('"cacheMultipliers"')) ?? ''
  expect(await read('guide.json', example)).toMatchObject([{ provider: 'anthropic', serviceTier: 'batch', contextSteps: [{ above: 200_000 }] }])
})

it('the discount in the guide is a valid charge rule', async () => {
  const guide = await readFile(new URL('../../../../../../../docs/guides/pricing-and-charges.md', import.meta.url), 'utf8')
  const example = [...guide.matchAll(/```json\n([^`]+)```/g)].map(([, json]) => json ?? '').find(json => json.includes('"stacking"')) ?? ''
  const terms = { kind: 'discount', discount: JSON.parse(example) } as const
  expect(checkChargeRule({ name: 'night', terms })).toEqual(terms)
})

it('reads conditions and unit prices', async () => {
  const [price] = await read(
    'units.json',
    `[{ "provider": "p", "model": "m", "from": "2026-01-01", "speed": "fast", "region": "eu", "timeOfDay": { "from": "01:00", "to": "04:00", "weekdays": [1, 2] },
        "perMillionTokens": { "cacheReadAudio": "0.1" }, "units": [{ "kind": "page", "variant": "annotated", "price": "3", "per": 1000 }] }]`,
  )
  expect(price).toMatchObject({
    speed: 'fast',
    region: 'eu',
    timeOfDay: { from: '01:00', to: '04:00', weekdays: [1, 2] },
    units: [{ kind: 'page', variant: 'annotated', per: 1000 }],
  })
  expect(price?.units?.[0]?.price.toFixed()).toBe('3')
  const [csv] = await read('p.csv', 'provider,model,from,speed,region,cacheReadAudio\np,m,2026-01-01,fast,eu,0.1\n')
  expect([csv?.speed, csv?.region, csv?.perMillionTokens.cacheReadAudio?.toFixed()]).toEqual(['fast', 'eu', '0.1'])
})

it.each([
  { name: 'p.json', content: '{', says: /It is not valid JSON/ },
  { name: 'p.json', content: '[]', says: /It has no prices/ },
  { name: 'p.json', content: '{}', says: /It must be an array of prices/ },
  {
    name: 'p.json',
    content: '[{"provider":"p","model":"m","from":"2026-01-01","perMillionTokens":{"input":0.1}}]',
    says: /price 1, perMillionTokens.input: must be an amount in quotes, such as "0.0135"/,
  },
  {
    name: 'p.json',
    content: '[{"provider":"p","model":"m","from":"2026-01-01","perMillionTokens":{"inputs":"1"}}]',
    says: /price 1, perMillionTokens: Unrecognized key: "inputs"/,
  },
  { name: 'p.json', content: '[{"provider":"p","model":"m","from":"soon","perMillionTokens":{}}]', says: /price 1, from: must be a date, such as 2026-01-01/ },
  {
    name: 'p.csv',
    content: 'provider,model,from,input\np,m,2026-01-01,1\np,m,2026-01-01,1e-7\n',
    says: /price 2, perMillionTokens.input: must be a plain decimal number, such as 0.0135, not "1e-7"/,
  },
  {
    name: 'p.json',
    content: '[{"provider":"p","model":"m","from":"2026-01-01","perMillionTokens":{"input":"-1"}}]',
    says: /price 1, perMillionTokens.input: must not be negative/,
  },
  { name: 'p.csv', content: 'provider,model\np\n', says: /Invalid Record Length/ },
  {
    name: 'p.json',
    content: '[{"provider":"p","model":"m","from":"2026-01-01","units":[{"kind":"page","price":0.1}]}]',
    says: /price 1, units.0.price: must be an amount in quotes/,
  },
  {
    name: 'p.json',
    content: '[{"provider":"p","model":"m","from":"2026-01-01","perRequest":"1","units":[{"kind":"request","price":"1"}]}]',
    says: /price 1, perRequest: conflicts with the price of the unit "request"/,
  },
])('rejects an invalid file, naming the price and the field: $says', async ({ name, content, says }) => {
  await expect(read(name, content)).rejects.toThrow(says)
})
