import { runProgram } from '../../apps/server/src/cli/program.ts'
import { captureOutput } from './captured-output.ts'
import { spawnProgram } from './server-process.ts'

/** What a command left behind. */
export interface CommandResult {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

/**
 * Runs `npm run tollgate -- <args>` in this process, which takes a tenth of the time of a process of its own. Use
 * `spawnCommand` where a test is about the process: its exit, its signals, its terminal.
 */
export async function runCommand(args: readonly string[], environment: Readonly<Record<string, string>>): Promise<CommandResult> {
  const { result: exitCode, stdout, stderr } = await captureOutput(environment, () => runProgram(args))
  return { exitCode, stdout, stderr }
}

/** Runs `npm run tollgate -- <args>` as a process, without npm, and waits for its end. */
export async function spawnCommand(args: readonly string[], environment: Readonly<Record<string, string>>): Promise<CommandResult> {
  const command = spawnProgram('cli/main.ts', { args, environment })
  const exitCode = await command.ended()
  return { exitCode, stdout: command.stdout(), stderr: command.stderr() }
}
