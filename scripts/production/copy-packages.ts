import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, realpath, symlink } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import type { ImportedPackage } from './bundle-server.ts'

/** Files that nothing reads at run time: types, source maps, texts for people except licenses, and fonts that no document has. */
const UNUSED_FILE = /\.(?:d\.[cm]?ts|[cm]?ts\.map|[cm]?js\.map|css\.map|md|markdown|flow|tsbuildinfo)$|[/\\]DejaVu(?!Sans(?:-Bold)?\.ttf$)[^/\\]*\.ttf$/i
const LICENSE = /licen[cs]e|notice|copying/i
/** Folders at the top of a package that nothing reads at run time. So is "src", unless package.json mentions it. */
const UNUSED_FOLDERS = ['test', 'tests', 'docs', 'examples', 'benchmark', '.github', '.yarn']

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>
}

/**
 * Copies packages and all that they depend on, as pnpm has installed them from the lockfile, to `node_modules`. The versions
 * and patches are those that the tests ran with, and nothing is downloaded.
 */
export async function copyPackages(packages: readonly ImportedPackage[], { root, out }: { readonly root: string; readonly out: string }): Promise<void> {
  const store = await realpath(join(root, 'node_modules/.pnpm'))
  const target = join(out, 'node_modules')
  const copied = new Set<string>()
  const linked = new Map<string, string>()
  for (const { name, importer } of packages) {
    const found = await findPackage(name, dirname(importer))
    if (found === undefined) throw new Error(`${importer} imports ${name}, which is not installed. Add it to the dependencies of its package.`)
    const other = linked.get(name)
    if (other !== undefined && other !== found) throw new Error(`The server uses two versions of ${name}: ${found} and ${other}. Use one.`)
    linked.set(name, found)
    await link(join(target, name), await copy(found))
  }

  /** Copies a package with its dependencies, once. Returns where it is. */
  async function copy(source: string): Promise<string> {
    const place = join(target, '.pnpm', relative(store, source))
    if (copied.has(source)) return place
    copied.add(source)
    const text = await readFile(join(source, 'package.json'), 'utf8')
    const unused = new Set([...UNUSED_FOLDERS, ...(/"(?:\.\/)?src[/"]/.test(text) ? [] : ['src'])].map(folder => join(source, folder)))
    await cp(source, place, { recursive: true, filter: file => !unused.has(file) && (!UNUSED_FILE.test(file) || LICENSE.test(file)) })
    const { dependencies = {}, optionalDependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} } = JSON.parse(text) as Manifest
    const optional = new Set([...Object.keys(optionalDependencies), ...Object.keys(peerDependenciesMeta).filter(name => peerDependenciesMeta[name]?.optional)])
    for (const name of new Set([...Object.keys(dependencies), ...Object.keys(optionalDependencies), ...Object.keys(peerDependencies)])) {
      if (name.startsWith('@types/') || (optional.has(name) && !Object.hasOwn(optionalDependencies, name))) continue
      const found = await findPackage(name, source)
      if (found !== undefined) await link(join(placeOfDependencies(place), name), await copy(found))
      else if (!optional.has(name)) throw new Error(`${source} depends on ${name}, which is not installed.`)
    }
    return place
  }
}

/** ".pnpm/a@1/node_modules/@scope/a" and ".pnpm/a@1/node_modules/a" have their dependencies in ".pnpm/a@1/node_modules". */
function placeOfDependencies(place: string): string {
  return place.slice(0, place.lastIndexOf(`${sep}node_modules${sep}`) + `${sep}node_modules`.length)
}

async function link(from: string, to: string): Promise<void> {
  if (existsSync(from)) return
  await mkdir(dirname(from), { recursive: true })
  await symlink(relative(dirname(from), to), from, 'junction')
}

/** Links packages where they are installed instead: for tests, which take less time then. */
export async function linkPackages(packages: readonly ImportedPackage[], out: string): Promise<void> {
  for (const { name, importer } of packages) {
    const found = await findPackage(name, dirname(importer))
    if (found !== undefined) await link(join(out, 'node_modules', name), found)
  }
}

/** Finds an installed package as Node.js does: in the nearest `node_modules` that has it. */
async function findPackage(name: string, directory: string): Promise<string | undefined> {
  for (let at = directory; ; at = dirname(at)) {
    const place = join(at, 'node_modules', name)
    if (existsSync(join(place, 'package.json'))) return realpath(place)
    if (at === dirname(at)) return undefined
  }
}
