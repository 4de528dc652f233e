import type { ConsumeCommand } from './commands/consume.ts'
import type { EnforceCommand } from './commands/enforce.ts'
import type { ExtendCommand } from './commands/extend.ts'
import type { LeaseCommand } from './commands/lease.ts'
import type { ReleaseCommand } from './commands/release.ts'
import type { ReserveCommand } from './commands/reserve.ts'
import type { ReviewCommand } from './commands/review.ts'
import type { SeedCommand } from './commands/seed.ts'
import type { SettleCommand } from './commands/settle.ts'

/** A change of one tenant's counters that is applied as a whole or not at all. */
export type QuotaCommand =
  | EnforceCommand
  | ReserveCommand
  | ConsumeCommand
  | SettleCommand
  | ReleaseCommand
  | ExtendCommand
  | LeaseCommand
  | SeedCommand
  | ReviewCommand
