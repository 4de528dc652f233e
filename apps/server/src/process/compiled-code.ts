import { existsSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { dirname, join } from 'node:path'

/**
 * Makes Node keep the compiled code of modules that are imported from now on, so that the next start is faster. If the
 * directory cannot be written, everything is compiled again. NODE_COMPILE_CACHE names another directory.
 */
export function keepCompiledCode(): void {
  const packages = installedPackages()
  if (packages !== undefined) enableCompileCache(join(packages, '.cache/compiled'))
}

/**
 * Finds the folder of all installed packages, in the source as in a production build. Only users who may change the code there
 * may change what was compiled from it.
 */
function installedPackages(): string | undefined {
  for (let at = import.meta.dirname; ; at = dirname(at)) {
    const packages = join(at, 'node_modules')
    if (existsSync(join(packages, '.pnpm'))) return packages
    if (at === dirname(at)) return undefined
  }
}
