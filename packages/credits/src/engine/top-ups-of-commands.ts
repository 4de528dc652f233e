import { isUuid } from '@tollgate/kernel'
import { topUpOfKey } from '../model/top-up.ts'
import type { WalletCommand } from './command.ts'

/** Returns the top-ups that commands end: those that they name, and those whose keys they use. */
export function topUpsOfCommands(commands: readonly WalletCommand[]): readonly string[] {
  return commands.flatMap(command => {
    const id = command.kind === 'fail_top_up' ? command.topUpId : command.kind === 'grant' ? topUpOfKey(command.once.key) : undefined
    return id !== undefined && isUuid(id) ? id : []
  })
}
