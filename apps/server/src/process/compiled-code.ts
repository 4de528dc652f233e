import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

/** Next to the installed packages, so that only users who may change the code may change what was compiled from it. */
const DIRECTORY = fileURLToPath(new URL('../../../../node_modules/.cache/compiled', import.meta.url))

/**
 * Makes Node keep the compiled code of modules that are imported from now on, so that the next start is faster. If the
 * directory cannot be written, everything is compiled again. NODE_COMPILE_CACHE names another directory.
 */
export function keepCompiledCode(): void {
  enableCompileCache(DIRECTORY)
}
