import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { bundleServer, foundByPath } from '../../scripts/production/bundle-server.ts'
import { linkPackages } from '../../scripts/production/copy-packages.ts'
import { writePrograms } from '../../scripts/production/write-programs.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Makes the programs of a production build of a version, with links to the packages that are installed here. */
export async function linkedBuild(out: string, version: string): Promise<string> {
  await mkdir(join(out, 'node_modules/.pnpm'), { recursive: true }) // Beside it, the server keeps the code that it has compiled.
  await linkPackages([...(await bundleServer(ROOT, out)), ...Object.values(foundByPath(ROOT))], out)
  await writePrograms(out)
  await writeFile(join(out, 'package.json'), JSON.stringify({ name: 'tollgate', version, type: 'module' }))
  return out
}
