import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

// Workspace packages resolve to their sources: nothing is built to test.
const resolve = { conditions: ['source', 'module', 'node', 'development|production'], externalConditions: ['source', 'node'] }

export default defineConfig({
  resolve: { conditions: resolve.conditions },
  ssr: { resolve },
  environments: { ssr: { resolve }, __vitest__: { resolve } },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts', 'test/**/*.test.ts', 'scripts/**/*.test.ts'],
    reporters: ['default', './test/kit/summary-reporter.ts'],
    globalSetup: ['test/kit/global-setup.ts'],
    pool: 'forks',
    // Journeys wait for processes of their own much of the time: on few cores, more files at once are faster.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    execArgv: ['--conditions=source'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    allowOnly: false,
    passWithNoTests: false,
  },
})
