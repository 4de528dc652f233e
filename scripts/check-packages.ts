import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkTypesOfTarball } from './packed/check-types-of-tarball.ts'
import { lintTarball } from './packed/lint-tarball.ts'
import { packPackages } from './packed/pack-packages.ts'
import { undeclaredImports } from './packed/undeclared-imports.ts'
import { usePackages } from './packed/use-packages.ts'

// Checks that the built packages work for their users. Build first: only dist is checked.
const root = fileURLToPath(new URL('..', import.meta.url))
const project = await mkdtemp(join(tmpdir(), 'tollgate-packed-'))
try {
  const packages = await packPackages(root, project)
  const problems = (
    await Promise.all([...packages.flatMap(one => [lintTarball(one), checkTypesOfTarball(one), undeclaredImports(one)]), usePackages(root, project, packages)])
  ).flat()
  for (const problem of problems) console.error(problem)
  console.log(`${packages.length} packages packed, ${packages.flatMap(({ entries }) => entries).length} entries, ${problems.length} problems`)
  if (problems.length > 0) process.exitCode = 1
} finally {
  await rm(project, { recursive: true, force: true })
}
