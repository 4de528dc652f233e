import { build, type BuildOptions } from 'esbuild'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import type * as sdk from './index.ts'

const MAX_CORE_BYTES = 19_000

/** Bundles a program for a browser, which fails for imports of Node.js. */
async function bundle(contents: string): Promise<Uint8Array> {
  const options = {
    stdin: { contents, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    conditions: ['source'],
    write: false,
    logLevel: 'silent',
  } as const satisfies BuildOptions
  const { outputFiles } = await build(options)
  const [output] = outputFiles
  if (output === undefined) throw new Error('esbuild wrote nothing.')
  return output.contents
}

it('the core bundles for a browser, without imports of Node.js, to at most 19 kB', async () => {
  const bytes = gzipSync(await bundle("export { createTollgate, metadata } from './index.ts'"), { level: 9 }).length
  expect(bytes).toBeLessThanOrEqual(MAX_CORE_BYTES)
  // A much smaller bundle would have lost what it is measured for.
  expect(bytes).toBeGreaterThan(5 * 1_024)
})

it('the bundled core tracks a call with nothing but fetch', async () => {
  const code = new TextDecoder().decode(await bundle("export { createTollgate } from './index.ts'"))
  const { createTollgate } = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as Pick<typeof sdk, 'createTollgate'>
  const sent: string[] = []
  const fetch = (url: string, { body }: RequestInit) => {
    sent.push(url, body as string)
    return Promise.resolve(
      Response.json({ data: { trackUsage: { __typename: 'TrackUsagePayload', results: [{ outcome: 'ACCEPTED', reason: null, issues: [] }] } } }),
    )
  }
  const tollgate = createTollgate({ url: 'https://tollgate.example.com/', apiKey: 'key', platform: { fetch } })
  expect(await tollgate.trackAiCall({ operation: 'chat' })).toMatchObject({ outcome: 'ACCEPTED' })
  expect(sent).toEqual(['https://tollgate.example.com/graphql', expect.stringContaining('"operation":"chat"')])
})
