import { DomainError } from '@tollgate/kernel'
import type { RatingRunState } from './rating-run.ts'

/** Another run is correcting events of the same tenants and time. Nothing was started. */
export class RatingRunInProgress extends DomainError<'RATING_RUN_IN_PROGRESS'> {
  readonly runId: string

  constructor(runId: string) {
    super(
      'RATING_RUN_IN_PROGRESS',
      `The rating run run_${runId} is correcting events of the same tenants and time. Wait for it; or, where its process is gone, resume or cancel it.`,
    )
    this.runId = runId
  }
}

/** The run was resumed elsewhere, or cancelled, while this process worked on it. What this process wrote last was undone. */
export class RatingRunLost extends DomainError<'RATING_RUN_LOST'> {
  readonly runId: string

  constructor(runId: string) {
    super('RATING_RUN_LOST', `The rating run run_${runId} was resumed by another process, or cancelled; this one stopped working on it.`)
    this.runId = runId
  }
}

/** The run has come to its end: there is nothing to resume or to cancel. */
export class RatingRunEnded extends DomainError<'RATING_RUN_ENDED'> {
  readonly runId: string
  readonly state: RatingRunState

  constructor(runId: string, state: RatingRunState) {
    super('RATING_RUN_ENDED', `The rating run run_${runId} is ${state}. Start a new one to rate events again.`)
    this.runId = runId
    this.state = state
  }
}

/** No run has this id. */
export class RatingRunUnknown extends DomainError<'RATING_RUN_UNKNOWN'> {
  readonly runId: string

  constructor(runId: string) {
    super('RATING_RUN_UNKNOWN', `There is no rating run "run_${runId.slice(0, 100)}".`)
    this.runId = runId
  }
}
