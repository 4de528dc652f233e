import type { QuotaCommand } from './command.ts'
import { consume } from './commands/consume.ts'
import { enforce } from './commands/enforce.ts'
import { extend } from './commands/extend.ts'
import { lease } from './commands/lease.ts'
import type { CommandOutcome } from './commands/outcome.ts'
import { release } from './commands/release.ts'
import { reserve } from './commands/reserve.ts'
import { review } from './commands/review.ts'
import { seed } from './commands/seed.ts'
import { settle } from './commands/settle.ts'
import type { QuotaState } from './state/quota-state.ts'

/**
 * Applies a command to the state, in every store. The store must pass the state as the previous command left it, and let no
 * other command touch it in the meantime. Then every decision is exact.
 */
export function applyCommand(state: QuotaState, command: QuotaCommand): CommandOutcome {
  switch (command.kind) {
    case 'enforce':
      return enforce(state, command)
    case 'reserve':
      return reserve(state, command)
    case 'consume':
      return consume(state, command)
    case 'settle':
      return settle(state, command)
    case 'release':
      return release(state, command)
    case 'extend':
      return extend(state, command)
    case 'lease':
      return lease(state, command)
    case 'review':
      return review(state, command)
    case 'seed':
      return seed(state, command)
  }
}
