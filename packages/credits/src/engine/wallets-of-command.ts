import type { WalletCommand } from './command.ts'

/** Returns the wallets that a command changes. */
export function walletsOfCommand(command: WalletCommand): readonly string[] {
  return command.kind === 'transfer' ? [command.walletId, command.toWalletId] : [command.walletId]
}
