import { PassThrough } from 'node:stream'
import { runProgram } from '../../apps/server/src/cli/program.ts'
import { captureOutput } from './captured-output.ts'
import { eventually } from './eventually.ts'
import { type ProcessOptions, spawnProgram } from './server-process.ts'

/** The exit code and the output of a command. */
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
  const { result, stdout, stderr } = captureOutput({ environment }, () => runProgram(args))
  return { exitCode: await result, stdout: stdout(), stderr: stderr() }
}

/** Runs a command that asks a question, in this process, and types the answer when it is asked. */
export async function runAnsweredCommand(
  args: readonly string[],
  { environment, question, answer }: { environment: Readonly<Record<string, string>>; question: string; answer: () => Promise<string> },
): Promise<CommandResult> {
  const stdin = Object.assign(new PassThrough(), { isTTY: true })
  const { result, stdout, stderr } = captureOutput({ environment, stdin }, () => runProgram(args))
  await eventually(`"${question}" is asked`, () => stderr().includes(question))
  stdin.write(`${await answer()}\n`)
  return { exitCode: await result, stdout: stdout(), stderr: stderr() }
}

/** Runs `npm run tollgate -- <args>` as a process, without npm, and waits for its end. */
export async function spawnCommand(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  options: Pick<ProcessOptions, 'build'> = {},
): Promise<CommandResult> {
  const command = spawnProgram('cli/main.ts', { args, environment, ...options })
  const exitCode = await command.ended()
  return { exitCode, stdout: command.stdout(), stderr: command.stderr() }
}
