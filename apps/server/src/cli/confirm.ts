import { createInterface } from 'node:readline/promises'
import { note } from './print.ts'

/** Options with which a command that writes does not ask. */
export interface ConfirmOptions {
  /** Write nothing, and do not ask. */
  readonly dryRun?: boolean | undefined
  /** Write, and do not ask. */
  readonly yes?: boolean | undefined
}

/** Returns whether to write what was shown. Asks in a terminal; without one, only `--yes` confirms. */
export async function confirm(question: string, { dryRun, yes }: ConfirmOptions): Promise<boolean> {
  if (dryRun) return false
  if (yes) return true
  if (!process.stdin.isTTY) {
    note('Pass --yes to continue.')
    return false
  }
  using terminal = createInterface({ input: process.stdin, output: process.stderr })
  // At a prompt, Ctrl-C arrives as a key. It interrupts the command as usual.
  terminal.once('SIGINT', () => process.kill(process.pid, 'SIGINT'))
  // Closing the terminal, with Ctrl-D or with its window, means no.
  const closed = new Promise<string>(resolve => terminal.once('close', () => resolve('')))
  return /^y(es)?$/i.test((await Promise.race([terminal.question(`${question} (y/N) `), closed])).trim())
}
