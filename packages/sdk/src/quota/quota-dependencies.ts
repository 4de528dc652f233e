import type { Metadata } from '@tollgate/metadata'
import type { Resilience } from '../delivery/resilience.ts'
import type { Instrumentation } from '../instrumentation.ts'
import type { TrackReceipt } from '../model/track-receipt.ts'
import type { Platform } from '../platform.ts'
import type { TollgateEngine } from '../tollgate-engine.ts'
import type { FailureModes } from './decide-unavailable.ts'

/** What decisions work with. */
export interface QuotaDependencies {
  readonly engine: TollgateEngine
  /** For decisions: fails fast. */
  readonly deciding: Resilience
  /** For what must not be lost, such as a settlement. */
  readonly settling: Resilience
  readonly instrumentation: Instrumentation
  readonly platform: Platform
  readonly defaults: Metadata
  readonly tenantId: string | undefined
  readonly whenUnavailable: FailureModes
  readonly open: OpenReservations
  readonly onError: (error: Error) => void
}

/** The reservations of a client that have not ended, by id. */
export type OpenReservations = Map<string, OpenReservation>

/** A reservation that has not ended. */
export interface OpenReservation {
  /** A call was recorded that settles it. */
  settledBy(receipt: Promise<TrackReceipt>): void
}
