import { glob, readFile } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import { join } from 'node:path'
import type { PackedPackage } from './pack-packages.ts'

/** Imports as the compiler writes them: statements on a line of their own, and `import("…")` in types. */
const SPECIFIER = /(?:^(?:import|export)\b[^;'"=(]*\bfrom\s+|^import\s+|\bimport\()(['"])((?:node:)?@?\w[\w./-]*)\1/gm

/**
 * Returns the imports in a packed package that its package.json does not declare. They matter most in declarations: the
 * compiler writes imports there that are in no source, and a user without that package silently gets `any`.
 */
export async function undeclaredImports({ name, directory, declared }: PackedPackage): Promise<string[]> {
  const known = new Set([name, ...declared])
  const problems: string[] = []
  for await (const file of glob('dist/**/*.{js,d.ts}', { cwd: directory })) {
    const specifiers = new Set([...(await readFile(join(directory, file), 'utf8')).matchAll(SPECIFIER)].map(match => match[2] ?? ''))
    for (const specifier of specifiers) {
      if (!isBuiltin(specifier) && !known.has(packageOf(specifier)))
        problems.push(`${name}: ${file} imports ${specifier}, which its package.json does not declare`)
    }
  }
  return problems
}

function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
}
