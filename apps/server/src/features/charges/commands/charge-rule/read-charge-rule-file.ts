import { resolve } from 'node:path'
import { checkStorable, DomainError, InvalidInput, describeIssues } from '@tollgate/kernel'
import { readTextFile } from '../../../../cli/read-text-file.ts'
import { readEnvironment } from '../../../../environment.ts'

/** The file does not contain a valid charge rule. Every issue names its field. */
export class UnreadableChargeRuleFile extends DomainError<'UNREADABLE_CHARGE_RULE_FILE'> {
  constructor(file: string, why: string, options?: ErrorOptions) {
    super('UNREADABLE_CHARGE_RULE_FILE', `The charge rule in ${file} cannot be published. ${why}`, options)
  }
}

/** Reads a JSON object from a file. The package checks its content. Throws `UnreadableChargeRuleFile`. */
export async function readChargeRuleFile(file: string): Promise<Readonly<Record<string, unknown>>> {
  const text = await readTextFile(resolve(readEnvironment().workingDirectory, file)).catch((cause: unknown) => {
    const { code, message } = cause as NodeJS.ErrnoException
    throw new UnreadableChargeRuleFile(file, code === 'ENOENT' ? 'The file does not exist.' : message, { cause })
  })
  const content = parse(file, text)
  const issues = checkStorable('', content)
  if (issues.length > 0) throw new UnreadableChargeRuleFile(file, describeIssues(issues))
  if (typeof content === 'object' && content !== null && !Array.isArray(content)) return content as Readonly<Record<string, unknown>>
  throw new UnreadableChargeRuleFile(file, 'It must contain one JSON object.')
}

/** Names the file in errors about its content. */
export function inFile<Checked>(file: string, check: () => Checked): Checked {
  try {
    return check()
  } catch (cause) {
    if (!(cause instanceof InvalidInput)) throw cause
    throw new UnreadableChargeRuleFile(file, describeIssues(cause.issues), { cause })
  }
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new UnreadableChargeRuleFile(file, `It is not valid JSON: ${(cause as Error).message}`, { cause })
  }
}
