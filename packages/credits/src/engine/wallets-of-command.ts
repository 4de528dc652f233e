import type { WalletCommand } from './command.ts'

/** Returns the wallets that a command changes. */
export function walletsOfCommand(command: WalletCommand): readonly string[] {
  if (command.kind === 'transfer') return [command.walletId, command.toWalletId]
  return command.kind === 'settle' && command.heldBy !== undefined ? [command.walletId, command.heldBy] : [command.walletId]
}
