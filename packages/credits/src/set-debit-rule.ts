import { checkText, InvalidInput, type Issue } from '@tollgate/kernel'
import type { CreditDependencies } from './credit-dependencies.ts'
import { DEBIT_RULES, type DebitRule } from './model/debit-rule.ts'

const MAX_ID_LENGTH = 128

/** Changes which wallet later usage of a tenant debits. */
export async function setDebitRule({ store }: Pick<CreditDependencies, 'store'>, tenantId: string, rule: DebitRule): Promise<void> {
  const issues: Issue[] = [...checkText('tenantId', tenantId, { max: MAX_ID_LENGTH })]
  if (!DEBIT_RULES.includes(rule)) issues.push({ path: 'rule', message: `must be one of ${DEBIT_RULES.join(', ')}` })
  if (issues.length > 0) throw new InvalidInput(issues)
  await store.setDebitRule(tenantId, rule)
}
