import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'
import LongTestsFirst from './test/kit/long-tests-first.ts'

// Workspace packages resolve to their sources: nothing is built to test. Other packages are loaded by Node.js, which reads "main" where a
// package has no "exports".
const resolve = {
  conditions: ['source', 'module-sync', 'node', 'development|production'],
  externalConditions: ['source', 'module-sync', 'node'],
  mainFields: ['main'],
}

const compiledCode = fileURLToPath(new URL('node_modules/.cache/compiled', import.meta.url))

const files = ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts', 'test/**/*.test.ts', 'scripts/**/*.test.ts', 'examples/*/*.test.ts']
/** Tests that use PostgreSQL: one server for the run, one database for each file. */
const databaseFiles = ['packages/*/src/postgres/**/*.test.ts', 'packages/*postgres/src/**/*.test.ts', 'apps/server/src/**/*.test.ts', 'test/**/*.test.ts']
/** Tests that change the globals or the modules of their process. */
const isolatedFiles = ['packages/kernel/src/errors.test.ts', 'packages/kernel/src/polyfill.test.ts']

function project(name: string, test: TestProjectInlineConfiguration['test']): TestProjectInlineConfiguration {
  return {
    resolve: { conditions: resolve.conditions, mainFields: resolve.mainFields },
    ssr: { resolve },
    environments: { ssr: { resolve }, __vitest__: { resolve } },
    test: {
      name,
      pool: 'forks',
      // A worker keeps the modules it has loaded from one file to the next. Loading them for each file took half of the CPU time.
      isolate: false,
      execArgv: ['--conditions=source'],
      // For the processes that tests start: code that one of them has compiled is not compiled again.
      env: { NODE_COMPILE_CACHE: compiledCode },
      // Node.js would load the build for bundlers of @opentelemetry/api, which it cannot, because of the condition "module".
      server: { deps: { inline: [/@anthropic-ai\/sdk/, /@opentelemetry\/api/] } },
      testTimeout: 30_000,
      hookTimeout: 60_000,
      allowOnly: false,
      ...test,
    },
  }
}

export default defineConfig({
  test: {
    reporters: ['default', './test/kit/summary-reporter.ts'],
    passWithNoTests: false,
    sequence: { sequencer: LongTestsFirst },
    // A busy machine takes a while to stop PostgreSQL. The run must not end before its files are deleted.
    teardownTimeout: 60_000,
    // Journeys wait for other processes much of the time: on few cores, two more workers than cores are faster.
    maxWorkers: Math.max(4, availableParallelism() - 1),
    // Projects run in the order of their names: the long tests of `database` first.
    projects: [
      project('database', { include: databaseFiles, globalSetup: ['test/kit/global-setup.ts'] }),
      project('isolated', { include: isolatedFiles, isolate: true }),
      project('unit', { include: files, exclude: [...databaseFiles, ...isolatedFiles] }),
    ],
  },
})
