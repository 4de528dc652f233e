import type { Audit, AuditVerification } from '@tollgate/audit'
import { demandStream, type DemandStream } from '../../live/demand-stream.ts'

/** How far the verification of a log is. */
export interface VerificationUpdate {
  readonly verified: number
  readonly total: number
  /** Null while it runs. */
  readonly result: AuditVerification | null
}

/** A stream whose consumer has gone: verifying ends too. */
class Abandoned extends Error {}

/** Verifies a log, and streams how far it is: the latest state whenever the consumer asks. Ends with the result. */
export function followVerification(
  audit: Pick<Audit, 'verify'>,
  request: { readonly tenantId: string | null; readonly maxEvents: number },
): DemandStream<VerificationUpdate> {
  let latest: VerificationUpdate | undefined
  let hasEnded = false
  const stream = demandStream<VerificationUpdate>({
    take() {
      const update = latest
      latest = undefined
      // The consumer gets the result, and asks once more.
      if (update === undefined && hasEnded) stream.end()
      return update
    },
    onEnd: () => (hasEnded = true),
  })
  const show = (update: VerificationUpdate) => {
    latest = update
    stream.wake()
  }
  const onProgress = ({ verified, total }: Omit<VerificationUpdate, 'result'>) => {
    if (hasEnded) throw new Abandoned()
    show({ verified, total, result: null })
  }
  audit.verify({ ...request, onProgress }).then(
    result => {
      if (hasEnded) return
      hasEnded = true
      show({ verified: result.events, total: result.events, result })
    },
    (error: unknown) => {
      if (!(error instanceof Abandoned)) stream.end(error instanceof Error ? error : new Error(String(error)))
    },
  )
  return stream
}
