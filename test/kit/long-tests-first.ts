import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Journeys wait for processes, and contract suites for the database. If one of them starts last, the run waits for it alone. */
const LONG = /\/test\/(?:journeys|faults)\/|\/src\/postgres\/[\w-]+-store\.test\.ts$/

/** Runs the files that are known to be long first. */
export default class LongTestsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isLong = (file: TestSpecification) => LONG.test(file.moduleId)
    return [...sorted.filter(isLong), ...sorted.filter(file => !isLong(file))]
  }
}
