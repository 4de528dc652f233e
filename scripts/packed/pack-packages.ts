import { execFileSync } from 'node:child_process'
import { mkdir, readFile, symlink } from 'node:fs/promises'
import { realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A package as users install it. */
export interface PackedPackage {
  readonly name: string
  readonly tarball: string
  /** Where it is unpacked, with only the npm packages that it declares. */
  readonly directory: string
  /** The specifiers that users import: `"@tollgate/quotas"`, `"@tollgate/quotas/postgres"`. */
  readonly entries: readonly string[]
  /** The packages that it declares. */
  readonly declared: readonly string[]
  /** Those of them that its users install themselves. */
  readonly peers: readonly string[]
}

interface Manifest {
  readonly name: string
  readonly exports: Readonly<Record<string, unknown>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

/** Scope of the packages of this repository. */
export const OURS = '@tollgate/'

/**
 * Packs every publishable package, and unpacks it in `project/node_modules`, as an install would. Needs no registry: npm
 * packages are linked to the copies in this repository.
 */
export async function packPackages(root: string, project: string): Promise<PackedPackage[]> {
  const packed = JSON.parse(
    execFileSync('pnpm', ['--recursive', '--filter', './packages/*', 'pack', '--json', '--pack-destination', project], { cwd: root, encoding: 'utf8' }),
  ) as { name: string; filename: string }[]
  return Promise.all(packed.map(({ name, filename }) => unpack({ root, project, name, tarball: filename })))
}

async function unpack({ root, project, name, tarball }: { root: string; project: string; name: string; tarball: string }): Promise<PackedPackage> {
  const directory = join(project, 'node_modules', name)
  await mkdir(directory, { recursive: true })
  execFileSync('tar', ['-xzf', tarball, '-C', directory, '--strip-components', '1'])
  const manifest = JSON.parse(await readFile(join(directory, 'package.json'), 'utf8')) as Manifest
  const source = join(root, 'packages', name.slice(OURS.length))
  const declared = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })
  for (const dependency of declared.filter(dependency => !dependency.startsWith(OURS))) {
    await link(join(source, 'node_modules', dependency), join(directory, 'node_modules', dependency))
  }
  return {
    name,
    tarball,
    directory,
    entries: modulesOf(manifest).map(path => name + path.slice(1)),
    declared,
    peers: Object.keys(manifest.peerDependencies ?? {}),
  }
}

/** Returns the paths of the exports that are modules. A file with an extension, such as a schema, is not. */
function modulesOf({ exports }: Manifest): string[] {
  return Object.keys(exports).filter(path => !/\.\w+$/.test(path))
}

/** Links to the real path of the target, from which it finds its dependencies. */
export async function link(target: string, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await symlink(realpathSync(target), path, 'junction')
}
