import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { canonicalProvider } from '../../model/canonical-provider.ts'
import { BUNDLED_PRICES_RELEASED_AT, BUNDLED_PRICES_VERSION, bundledPrices } from './bundled-prices.ts'
import { BUNDLED_PROVIDER_IDS, bundledProviders } from './bundled-providers.ts'

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
