import { spawnSync } from 'node:child_process'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import { basename, join } from 'node:path'
import { build as bundleWithEsbuild, type BuildFailure, type BuildOptions, type Metafile } from 'esbuild'
import { build as bundleWithVite, type InlineConfig } from 'vite'
import { link, OURS, type PackedPackage } from './pack-packages.ts'

/** Entries that need Node: they use its cryptography, files or sockets. All others must also bundle for browsers. */
const ONLY_FOR_NODE = [
  /\/postgres$/,
  /^@tollgate\/(accounts|audit|embedded-postgres|postgres|usage)\b/,
  /^@tollgate\/invoicing\/(billing|coinbase|mail|memory|rendering|smtp)$/,
  /^@tollgate\/pricing\/feed$/,
  /^@tollgate\/sdk\/(express|fastify|hono|http|next|node)$/,
  /^@tollgate\/webhooks\/http$/,
]

const BUNDLED = 'bundled'

interface Target {
  readonly name: 'browser' | 'node'
  readonly entries: readonly string[]
  /** What users install themselves: peers of the packages, and the modules of Node. */
  readonly external: (name: string) => boolean
}

/**
 * Bundles every entry with esbuild and Vite, as an application would: for Node, and for browsers unless it needs Node.
 * Dependencies go into the bundle. Returns the errors, and writes what esbuild makes for Node to a folder of the project.
 */
export async function bundlePackages(project: string, packages: readonly PackedPackage[]): Promise<string[]> {
  const entries = packages.flatMap(one => one.entries).filter(entry => !entry.endsWith('/testing'))
  const peers = new Set(packages.flatMap(one => one.peers).filter(name => !name.startsWith(OURS)))
  const isPeer = (name: string) => peers.has(name.split('/', name.startsWith('@') ? 2 : 1).join('/'))
  const targets: Target[] = [
    { name: 'browser', entries: entries.filter(entry => !ONLY_FOR_NODE.some(pattern => pattern.test(entry))), external: isPeer },
    { name: 'node', entries, external: name => isPeer(name) || isBuiltin(name) },
  ]
  await mkdir(join(project, 'entries'))
  await Promise.all(entries.map(entry => writeFile(join(project, 'entries', fileOf(entry)), `export * from '${entry}'\n`)))
  const problems = (await Promise.all(targets.flatMap(target => [withEsbuild(project, target), withVite(project, target)]))).flat()
  return problems.length > 0 ? problems : runBundles(project, packages)
}

/** Runs what esbuild made for Node. Returns the errors. */
async function runBundles(project: string, packages: readonly PackedPackage[]): Promise<string[]> {
  const folder = join(project, BUNDLED)
  const peers = new Map(packages.flatMap(({ directory, peers }) => peers.map(peer => [peer, join(directory, 'node_modules', peer)] as const)))
  await Promise.all([...peers].filter(([peer]) => !peer.startsWith(OURS)).map(([peer, from]) => link(from, join(folder, 'node_modules', peer))))
  const files = (await readdir(folder)).filter(file => file.endsWith('.js') && !file.startsWith('chunk-'))
  await writeFile(join(folder, 'run.mjs'), files.map(file => `await import('./${file}')`).join('\n'))
  const { status, stderr } = spawnSync(process.execPath, ['run.mjs'], { cwd: folder, encoding: 'utf8' })
  return status === 0 ? [] : [`A bundle for Node fails: ${stderr}`]
}

/** Returns the name of the file that exports everything of an entry. */
function fileOf(entry: string): string {
  return `${entry.replace(OURS, '').replaceAll('/', '-')}.js`
}

function inputsOf(project: string, { entries }: Target): string[] {
  return entries.map(entry => join(project, 'entries', fileOf(entry)))
}

async function withEsbuild(project: string, target: Target): Promise<string[]> {
  const options: BuildOptions = {
    entryPoints: inputsOf(project, target),
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: target.name,
    outdir: join(project, BUNDLED),
    write: target.name === 'node',
    logLevel: 'silent',
    metafile: true,
    plugins: [
      {
        name: 'peers',
        setup: build =>
          build.onResolve({ filter: /^[^./]/ }, ({ path, kind }) => (kind !== 'entry-point' && target.external(path) ? { path, external: true } : null)),
      },
    ],
  }
  try {
    const { metafile } = await bundleWithEsbuild(options)
    return target.name === 'node' && metafile ? unexpectedOrm(metafile.outputs) : []
  } catch (error) {
    return (error as BuildFailure).errors.map(({ text, location }) => `esbuild for ${target.name}: ${location?.file ?? ''}: ${text}`)
  }
}

/** Entries that read entities. All others work without MikroORM. */
const WITH_ORM = /^(accounts|pricing)-postgres|^postgres-mikro-orm/

/** Returns a sentence for each bundle that imports MikroORM, itself or through a chunk, and should not. */
function unexpectedOrm(outputs: Metafile['outputs']): string[] {
  const reaches = (path: string, seen: Set<string>): boolean => {
    if (seen.has(path)) return false
    seen.add(path)
    return (outputs[path]?.imports ?? []).some(one => (one.external === true ? one.path.startsWith('@mikro-orm/') : reaches(one.path, seen)))
  }
  const bundles = Object.keys(outputs).filter(path => outputs[path]?.entryPoint !== undefined && !WITH_ORM.test(basename(path)))
  return bundles.filter(path => reaches(path, new Set())).map(path => `The bundle ${basename(path)} imports MikroORM`)
}

async function withVite(project: string, target: Target): Promise<string[]> {
  const warnings: string[] = []
  const config: InlineConfig = {
    root: project,
    configFile: false,
    logLevel: 'silent',
    ...(target.name === 'node' && { ssr: { noExternal: true } }),
    build: {
      write: false,
      ssr: target.name === 'node',
      minify: false,
      rolldownOptions: {
        input: inputsOf(project, target),
        preserveEntrySignatures: 'strict',
        external: target.external,
        onLog: (level, { code, message }) => {
          // A module of Node in a bundle for browsers is a warning: Vite replaces it by an empty one, which fails when it is used.
          if (level === 'warn' && (code === 'UNRESOLVED_IMPORT' || message.includes('externalized for browser'))) warnings.push(message)
        },
      },
    },
  }
  try {
    await bundleWithVite(config)
    return warnings.map(message => `Vite for ${target.name}: ${message}`)
  } catch (error) {
    return [`Vite for ${target.name}: ${error instanceof Error ? error.message : String(error)}`]
  }
}
