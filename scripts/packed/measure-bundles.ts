import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { build } from 'esbuild'

/** A row of the table in the guide: imports of a page, and the most that they may add to it. */
interface SizeLimit {
  readonly imports: string
  readonly maxKilobytes: number
}

const ROW = /^\| (`import .+`) +\| (\d+) kB +\|$/gm

/** What was measured: a line for each row of the table, and the problems. */
export interface MeasuredBundles {
  readonly sizes: readonly string[]
  readonly problems: readonly string[]
}

/** Measures the imports in the table of sizes of a guide, minified and compressed for a browser. */
export async function measureBundles(project: string, guide: string): Promise<MeasuredBundles> {
  const limits: SizeLimit[] = [...(await readFile(guide, 'utf8')).matchAll(ROW)].map(([, imports = '', max]) => ({
    imports: imports.replaceAll('`', '').replaceAll('<br>', '; '),
    maxKilobytes: Number(max),
  }))
  if (limits.length === 0) return { sizes: [], problems: [`${guide} has no table of sizes`] }
  const measured = await Promise.all(limits.map(async limit => ({ ...limit, kilobytes: await compressedSize(project, limit.imports) })))
  return {
    sizes: measured.map(({ imports, kilobytes, maxKilobytes }) => `${kilobytes.toFixed(1).padStart(5)} kB of ${maxKilobytes}: ${imports}`),
    problems: measured
      .filter(({ kilobytes, maxKilobytes }) => kilobytes > maxKilobytes)
      .map(({ imports, kilobytes, maxKilobytes }) => `${imports} adds ${kilobytes.toFixed(1)} kB (gzip), more than ${maxKilobytes}`),
  }
}

const compress = promisify(gzip)

async function compressedSize(project: string, imports: string): Promise<number> {
  // What is imported and not used would not be in the bundle.
  const contents = imports.replaceAll('import ', 'export ')
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: project },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    write: false,
  })
  return (await compress(outputFiles[0]?.contents ?? '')).length / 1_000
}
