import { build } from 'esbuild'
import { fileURLToPath } from 'node:url'

/** Returns the core of `@tollgate/sdk` as one module without imports, as a bundler makes it for a browser. */
export async function bundledClient(): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: "export { createTollgate, metadata } from '@tollgate/sdk'", resolveDir: fileURLToPath(new URL('..', import.meta.url)) },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    conditions: ['source'],
    write: false,
  })
  return outputFiles.map(({ text }) => text).join('')
}
