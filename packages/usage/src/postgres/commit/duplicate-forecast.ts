/** Number of commits without duplicates after which none are expected: clients retry within seconds, a replay in one go. */
const EXPECTED_FOR_COMMITS = 50

/** Forecasts whether the next batch contains keys that were used before. */
export interface DuplicateForecast {
  areExpected(): boolean
  /** Records whether a committed batch contained duplicates. */
  observe(hadDuplicates: boolean): void
}

/** Expects no duplicates until it observes some, and again after a while without any. */
export function createDuplicateForecast(): DuplicateForecast {
  let commitsLeft = 0
  return {
    areExpected: () => commitsLeft > 0,
    observe(hadDuplicates) {
      commitsLeft = hadDuplicates ? EXPECTED_FOR_COMMITS : Math.max(0, commitsLeft - 1)
    },
  }
}
