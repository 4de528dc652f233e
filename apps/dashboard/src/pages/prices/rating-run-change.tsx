import { problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { CANCEL_RATING, RESUME_RATING } from './upkeep.operations.ts'

export interface RatingRunChangeProps {
  readonly id: string
  readonly change: 'cancel' | 'resume'
  readonly onDone: () => void
  readonly onClose: () => void
}

/** Cancels a correction of past costs for good, or resumes it where it stopped. */
export function RatingRunChange({ id, change, onDone, onClose }: RatingRunChangeProps) {
  const [cancel] = useChange(CANCEL_RATING)
  const [resume] = useChange(RESUME_RATING)
  if (change === 'cancel') {
    return (
      <FormDialog
        title="Cancel the correction"
        about="What it has corrected stays. It cannot be resumed; start another one instead."
        submitText="Cancel the correction"
        closeText="Keep it"
        look="danger"
        send={async () => problemOf(await cancel({ input: { id } }), ({ cancelRatingRun }) => cancelRatingRun)}
        {...{ onDone, onClose }}
      />
    )
  }
  return (
    <FormDialog
      title="Resume the correction"
      about="It goes on where it stopped. If another process still works on it, that process stops."
      submitText="Resume it"
      send={async () => problemOf(await resume({ input: { id } }), ({ resumeRatingRun }) => resumeRatingRun)}
      {...{ onDone, onClose }}
    />
  )
}
