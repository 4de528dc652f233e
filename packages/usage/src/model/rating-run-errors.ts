import { DomainError } from '@tollgate/kernel'
import type { RatingRunState } from './rating-run.ts'

/** Another run is working on events of the same tenants and time. No run was started. */
export class RatingRunInProgress extends DomainError<'RATING_RUN_IN_PROGRESS'> {
  readonly runId: string

  constructor(runId: string) {
    super(
      'RATING_RUN_IN_PROGRESS',
      `The rating run run_${runId} overlaps: it covers events of the same tenants and time. Wait until it completes. If its process is gone, resume or cancel it.`,
    )
    this.runId = runId
  }
}

/** Another process resumed the run, or an operator cancelled it. The last step of this process was rolled back. */
export class RatingRunLost extends DomainError<'RATING_RUN_LOST'> {
  readonly runId: string

  constructor(runId: string) {
    super('RATING_RUN_LOST', `The rating run run_${runId} was resumed by another process or cancelled. This process stopped working on it.`)
    this.runId = runId
  }
}

/** The run is completed or cancelled, so it cannot be resumed or cancelled. */
export class RatingRunEnded extends DomainError<'RATING_RUN_ENDED'> {
  readonly runId: string
  readonly state: RatingRunState

  constructor(runId: string, state: RatingRunState) {
    super('RATING_RUN_ENDED', `The rating run run_${runId} is ${state}. Start a new run to rate events again.`)
    this.runId = runId
    this.state = state
  }
}

/** There is no run with this id. */
export class RatingRunUnknown extends DomainError<'RATING_RUN_UNKNOWN'> {
  readonly runId: string

  constructor(runId: string) {
    super('RATING_RUN_UNKNOWN', `There is no rating run "run_${runId.slice(0, 100)}".`)
    this.runId = runId
  }
}
