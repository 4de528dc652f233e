import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { ModelInfo } from '@pydantic/genai-prices'
import { ZERO } from '@tollgate/kernel'
import { UNIT_KINDS } from '@tollgate/tokens'
import { describe, expect, it } from 'vitest'
import { canonicalProvider } from '../../model/names/canonical-provider.ts'
import { checkPriceDraft } from '../../model/drafts/check-price-draft.ts'
import { BUNDLED_PRICES_RELEASED_AT, BUNDLED_PRICES_VERSION, bundledPrices } from './bundled-prices.ts'
import { BUNDLED_PROVIDER_IDS, bundledProviders } from './bundled-providers.ts'
import { BUNDLED_KEYS } from './bundled-rates.ts'

const packageEntry = fileURLToPath(import.meta.resolve('@pydantic/genai-prices'))

describe('bundled providers', () => {
  it('are all providers of the package', () => {
    // Of the objects in its data, only providers have an `api_pattern`, after their `id` and `name`.
    const source = readFileSync(packageEntry, 'utf8')
    const providers = source.split(/(?=\n {2}\{\n {4}id: ")/).filter(part => part.includes('api_pattern: '))
    const ids = providers.map(part => /\n {4}id: "([^"]+)"/.exec(part)?.[1])
    expect(ids.length).toBeGreaterThan(40)
    expect(new Set(ids)).toEqual(new Set(BUNDLED_PROVIDER_IDS))
  })
  it('have canonical ids', () => {
    expect(BUNDLED_PROVIDER_IDS.map(canonicalProvider)).toEqual(BUNDLED_PROVIDER_IDS)
  })
  it.each(BUNDLED_PROVIDER_IDS)('%s has models', id => {
    expect(bundledProviders().find(provider => provider.id === id)?.models.length).toBeGreaterThan(0)
  })
})

describe('bundled prices', () => {
  it('have every price that the package has', () => {
    const pricesOf = (prices: ModelInfo['prices']) => (Array.isArray(prices) ? prices.map(one => one.prices) : [prices])
    const used = bundledProviders().flatMap(({ models }) => models.flatMap(({ prices }) => pricesOf(prices).flatMap(Object.keys)))
    expect(new Set(used).difference(new Set(BUNDLED_KEYS))).toEqual(new Set())
  })
  it('are for units that responses are read as, so that each can be charged', () => {
    // Citations of Perplexity are read as input tokens, which cost the same.
    const kinds = new Set([...UNIT_KINDS, 'citation_token'])
    expect(bundledPrices().flatMap(({ units = [] }) => units.filter(({ kind }) => !kinds.has(kind)))).toEqual([])
  })
  it('are valid drafts, so that they can be published again', () => {
    const invalid = bundledPrices().flatMap(({ provider, model, perMillionTokens, perRequest, units }) => {
      const rates = Object.fromEntries(Object.entries(perMillionTokens).map(([pool, rate]) => [pool, rate.base]))
      const issues = checkPriceDraft({ provider, model, from: BUNDLED_PRICES_RELEASED_AT, perMillionTokens: { input: ZERO, ...rates }, perRequest, units })
      return issues.length === 0 ? [] : [{ provider, model, issues }]
    })
    expect(invalid).toEqual([])
  })
})

describe('the bundled release', () => {
  it('has the version of the installed package', () => {
    const main = createRequire(import.meta.url).resolve('@pydantic/genai-prices')
    const manifest = main.slice(0, main.indexOf('genai-prices/') + 'genai-prices/'.length)
    expect(JSON.parse(readFileSync(`${manifest}package.json`, 'utf8'))).toMatchObject({ name: '@pydantic/genai-prices', version: BUNDLED_PRICES_VERSION })
  })
  it('has the version of the dependency, with its release date', () => {
    const { dependencies } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { dependencies: Record<string, string> }
    expect([dependencies['@pydantic/genai-prices'], BUNDLED_PRICES_RELEASED_AT.toString()]).toEqual(['0.1.8', '2026-09-23T10:11:04Z'])
  })
})

describe('ids of bundled prices', () => {
  it('are unique, short and free of spaces', () => {
    const ids = bundledPrices().map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.filter(id => id.length > 130 || /[\s\p{C}]/u.test(id))).toEqual([])
  })
  it('are the same in another process', () => {
    const program = `import { bundledPrices } from '@tollgate/pricing'; console.log(JSON.stringify(bundledPrices().map(p => p.id)))`
    const cwd = fileURLToPath(new URL('../../..', import.meta.url))
    const printed = execFileSync(process.execPath, ['--conditions=source', '--input-type=module', '--eval', program], { cwd, encoding: 'utf8' })
    expect(JSON.parse(printed)).toEqual(bundledPrices().map(({ id }) => id))
  })
})
