import { readFile } from 'node:fs/promises'
import { checkPackage, createPackageFromTarballData, type Problem } from '@arethetypeswrong/core'
import type { PackedPackage } from './pack-packages.ts'

/** How ES modules are resolved. Packages here are nothing else, so resolutions for CommonJS do not apply. */
const RESOLUTIONS: ReadonlySet<string> = new Set(['node16-esm', 'bundler'])

/** Returns what "are the types wrong" reports about the declarations of a packed package. */
export async function checkTypesOfTarball({ name, tarball }: PackedPackage): Promise<string[]> {
  const result = await checkPackage(createPackageFromTarballData(new Uint8Array(await readFile(tarball))), { excludeEntrypoints: [/\.graphql$/] })
  if (result.types === false) return [`${name}: has no types`]
  return result.problems.filter(applies).map(problem => `${name}: ${JSON.stringify(problem)}`)
}

function applies(problem: Problem): boolean {
  return !('resolutionKind' in problem) || RESOLUTIONS.has(problem.resolutionKind)
}
