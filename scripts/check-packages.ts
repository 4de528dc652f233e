import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundlePackages } from './packed/bundle-packages.ts'
import { checkTypesOfTarball } from './packed/check-types-of-tarball.ts'
import { lintTarball } from './packed/lint-tarball.ts'
import { measureBundles } from './packed/measure-bundles.ts'
import { packPackages } from './packed/pack-packages.ts'
import { undeclaredImports } from './packed/undeclared-imports.ts'
import { usePackages } from './packed/use-packages.ts'

// Checks that the built packages work for their users. Build first: only dist is checked.
const root = fileURLToPath(new URL('..', import.meta.url))
const project = await mkdtemp(join(tmpdir(), 'tollgate-packed-'))
try {
  const packages = await packPackages(root, project)
  const measured = measureBundles(project, join(root, 'docs/guides/embedding.md'))
  const problems = (
    await Promise.all([
      ...packages.flatMap(one => [lintTarball(one), checkTypesOfTarball(one), undeclaredImports(one)]),
      usePackages(root, project, packages),
      bundlePackages(project, packages),
      measured.then(({ problems }) => problems),
    ])
  ).flat()
  for (const size of (await measured).sizes) console.log(size)
  for (const problem of problems) console.error(problem)
  console.log(`${packages.length} packages packed, ${packages.flatMap(({ entries }) => entries).length} entries, ${problems.length} problems`)
  if (problems.length > 0) process.exitCode = 1
} finally {
  await rm(project, { recursive: true, force: true })
}
