import type { Reporter, SerializedError, TestModule } from 'vitest/node'

/**
 * Ends a run with one plain line, `N passed, N failed`, for scripts. A file that cannot be loaded and an error outside of
 * tests count as failures.
 */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    const tests = modules.flatMap(module => [...module.children.allTests()])
    const count = (state: string) => tests.filter(test => test.result().state === state).length
    const broken = modules.filter(module => !module.ok() && [...module.children.allTests('failed')].length === 0).length
    const skipped = count('skipped')
    if (skipped > 0) process.stdout.write(`${skipped} skipped\n`)
    process.stdout.write(`${count('passed')} passed, ${count('failed') + broken + unhandledErrors.length} failed\n`)
  }
}
