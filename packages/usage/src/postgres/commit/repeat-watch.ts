/** Commits after which repeats are no longer expected: clients send again within seconds, a replay in one go. */
const EXPECTED_FOR_COMMITS = 50

/** Whether batches repeat keys of late. */
export interface RepeatWatch {
  expected(): boolean
  /** Tells whether a batch that was committed repeated any. */
  saw(repeats: boolean): void
}

/** Expects no repeats until it saw one, and again when it has seen none for a while. */
export function repeatWatch(): RepeatWatch {
  let commitsLeft = 0
  return {
    expected: () => commitsLeft > 0,
    saw(repeats) {
      commitsLeft = repeats ? EXPECTED_FOR_COMMITS : Math.max(0, commitsLeft - 1)
    },
  }
}
