import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { InMemoryCache } from '@apollo/client'
import { codegen } from '@graphql-codegen/core'
import { preset } from '@graphql-codegen/client-preset'
import { Client, fetchExchange, gql } from '@urql/core'
import { cacheExchange } from '@urql/exchange-graphcache'
import { buildSchema, introspectionFromSchema, parse } from 'graphql'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { cacheKeys, possibleTypes, scalars, typePolicies } from '@tollgate/graphql'
import { selectEverything } from './select-everything.ts'

const text = await readFile(new URL('../../apps/server/schema.graphql', import.meta.url), 'utf8')
const schema = buildSchema(text)

const USAGE = `query Usage { usage(range: { from: "2026-11-01T00:00:00Z", to: "2026-12-01T00:00:00Z" }) { totals { calls cost } } viewer { kind } }`
const ANSWER = {
  usage: { __typename: 'UsageReport', totals: { __typename: 'UsageMeasures', calls: 3, cost: '12.6' } },
  viewer: { __typename: 'Viewer', kind: 'TENANT' },
}

let warnings: string[] = []
beforeEach(() => {
  warnings = []
  for (const method of ['warn', 'error'] as const) vi.spyOn(console, method).mockImplementation((...args) => void warnings.push(args.join(' ')))
})
afterEach(() => void vi.restoreAllMocks())

describe('the whole schema through client-preset', () => {
  it('compiles in strict TypeScript, without any and unknown', { timeout: 60_000 }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tollgate-codegen-'))
    try {
      const documents = selectEverything(schema).map((document, i) => ({ location: `${i}.graphql`, rawSDL: document, document: parse(document) }))
      const config = { scalars, strictScalars: true, useTypeImports: true, enumsAsTypes: true }
      const files = await preset.buildGeneratesSection({
        baseOutputDir: `${folder}/`,
        schema: parse(text),
        documents,
        config,
        presetConfig: { fragmentMasking: false },
        plugins: [],
        pluginMap: {},
      })
      for (const file of files) await writeFile(file.filename, await codegen(file))
      const generated = (await Promise.all(files.map(({ filename }) => readFile(filename, 'utf8')))).join('\n')
      // Without what the generator adds to every project.
      const types = generated.split('\n').filter(line => !/^(?:import|\/\*|\s*\*|(?:export )?type Exact<|export function graphql\(source)/.test(line))
      expect(types.filter(line => /:\s*(?:Array<)?(?:any|unknown)\b/.test(line))).toEqual([])
      expect(generated.length).toBeGreaterThan(100_000)
      const tsc = join(import.meta.dirname, '../../node_modules', '.bin', 'tsc')
      const here = fileURLToPath(new URL('../../packages/graphql/src/index.ts', import.meta.url))
      const modules = fileURLToPath(new URL('../node_modules', import.meta.url))
      await writeFile(
        join(folder, 'tsconfig.json'),
        JSON.stringify({
          compilerOptions: {
            strict: true,
            noEmit: true,
            module: 'nodenext',
            target: 'es2024',
            skipLibCheck: true,
            types: [],
            allowImportingTsExtensions: true,
            paths: { '@tollgate/graphql': [here], '*': [`${modules}/*`] },
          },
          include: ['graphql.ts'],
        }),
      )
      const { stdout } = await promisify(execFile)(tsc, ['-p', folder]).catch((error: unknown) => error as { readonly stdout: string })
      expect(stdout).toBe('')
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
})

describe('the cache of urql', () => {
  it('normalises an answer without a warning', async () => {
    const introspected = introspectionFromSchema(schema)
    const answer = () => Promise.resolve(new Response(JSON.stringify({ data: ANSWER }), { headers: { 'content-type': 'application/json' } }))
    const client = new Client({
      url: 'http://localhost/graphql',
      preferGetMethod: false,
      fetch: answer,
      exchanges: [cacheExchange({ keys: cacheKeys, schema: introspected as never }), fetchExchange],
    })
    const { data, error } = await client.query(gql(USAGE), {}).toPromise()
    expect(error).toBeUndefined()
    expect(data?.usage.totals.cost).toBe('12.6')
    expect(warnings).toEqual([])
  })
})

describe('the cache of Apollo', () => {
  it('merges parts of an answer without a warning', () => {
    const cache = new InMemoryCache({ possibleTypes, typePolicies })
    const query = (fields: string) => parse(`{ usage(range: { from: "a", to: "b" }) { __typename totals { __typename ${fields} } } }`)
    const usage = (totals: object) => ({ usage: { __typename: 'UsageReport', totals: { __typename: 'UsageMeasures', ...totals } } })
    cache.writeQuery({ query: query('calls'), data: usage({ calls: 3 }) })
    cache.writeQuery({ query: query('charge'), data: usage({ charge: '12.6' }) })
    expect(cache.readQuery({ query: query('calls charge') })).toEqual(usage({ calls: 3, charge: '12.6' }))
    expect(warnings).toEqual([])
  })
  it('knows the members of result unions', () => {
    const cache = new InMemoryCache({ possibleTypes, typePolicies })
    const query = parse(`{ result { __typename ... on Error { code message } } }`)
    cache.writeQuery({ query, data: { result: { __typename: 'ForbiddenError', code: 'FORBIDDEN', message: 'No.' } } })
    expect(cache.readQuery({ query })).toEqual({ result: { __typename: 'ForbiddenError', code: 'FORBIDDEN', message: 'No.' } })
  })
})
