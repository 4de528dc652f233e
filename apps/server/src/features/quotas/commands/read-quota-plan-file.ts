import { resolve } from 'node:path'
import { checkStorable, DomainError, describeIssues, InvalidInput, type Issue } from '@tollgate/kernel'
import { checkPlan, type QuotaPlan } from '@tollgate/quotas'
import { readTextFile } from '../../../cli/read-text-file.ts'
import { readEnvironment } from '../../../environment.ts'
import { quotaPlanEntry } from './quota-plan-entry.ts'

/** The file does not contain a valid quota plan. The message names every field with an issue. */
export class UnreadableQuotaPlanFile extends DomainError<'UNREADABLE_QUOTA_PLAN_FILE'> {
  constructor(file: string, issues: readonly Issue[], options?: ErrorOptions) {
    super('UNREADABLE_QUOTA_PLAN_FILE', `The plan in ${file} was not published. ${describeIssues(issues)}`, options)
  }
}

/** Reads and checks a quota plan from a JSON file. Throws `UnreadableQuotaPlanFile`. */
export async function readQuotaPlanFile(file: string, setBy: string): Promise<QuotaPlan> {
  const text = await readTextFile(resolve(readEnvironment().workingDirectory, file)).catch((cause: unknown) => {
    const { code, message } = cause as NodeJS.ErrnoException
    throw new UnreadableQuotaPlanFile(file, [{ path: '', message: code === 'ENOENT' ? 'The file does not exist.' : message }], { cause })
  })
  const content = parse(file, text)
  const issues = checkStorable('', content)
  if (issues.length > 0) throw new UnreadableQuotaPlanFile(file, issues)
  const parsed = quotaPlanEntry.safeParse(content)
  if (!parsed.success) {
    throw new UnreadableQuotaPlanFile(
      file,
      parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
    )
  }
  try {
    return checkPlan(parsed.data, setBy)
  } catch (cause) {
    throw cause instanceof InvalidInput ? new UnreadableQuotaPlanFile(file, cause.issues, { cause }) : cause
  }
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new UnreadableQuotaPlanFile(file, [{ path: '', message: `The file is not valid JSON: ${(cause as Error).message}` }], { cause })
  }
}
