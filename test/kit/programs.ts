import { join } from 'node:path'

/** The environment variable that names the folder of the bundled programs, in the processes of a test run. */
export const PROGRAMS = 'TOLLGATE_TEST_PROGRAMS'

/** A program of the server package. */
export type Program = 'main.ts' | 'cli/main.ts'

/** Stands for the programs as they are in the source. */
export const SOURCE = 'source'

/** Returns the arguments that make Node.js run a program: that of a production build, or else of the bundle of the test run, or else the source. */
export function programArguments(program: Program, build: string | undefined = process.env[PROGRAMS]): readonly string[] {
  if (build === undefined || build === SOURCE) return ['--conditions=source', `apps/server/src/${program}`]
  return [join(build, program === 'main.ts' ? 'server.js' : 'tollgate.js')]
}
