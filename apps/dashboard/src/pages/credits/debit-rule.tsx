import { useState } from 'react'
import { problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { SelectField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { Shown } from '../../ui/states.tsx'
import { DEBIT_RULE, type DebitRuleQuery, SET_DEBIT_RULE } from './credit-rules.operations.ts'

type Rule = DebitRuleQuery['creditDebitRule']

const RULES: Readonly<Record<Rule, string>> = {
  CUSTOMER_OR_TENANT: 'The wallet of the customer if there is one, else that of the tenant',
  TENANT: 'The wallet of the tenant, for all customers',
  CUSTOMER: 'The wallet of the customer only; usage of others is not debited',
}

export interface DebitRuleProps {
  readonly tenantId: string
  readonly mayChange: boolean
  readonly onDone: (said: string) => void
}

/** Which wallet usage debits, and where that is changed. */
export function DebitRule({ tenantId, mayChange, onDone }: DebitRuleProps) {
  const [isEditing, setEditing] = useState(false)
  const read = useRead(DEBIT_RULE, { tenantId })
  return (
    <Card title="What usage debits" actions={mayChange && read.data !== undefined && <Button onClick={() => setEditing(true)}>Change the rule</Button>}>
      <Shown read={read} lines={1}>
        {({ creditDebitRule: rule }) => (
          <>
            <p>{`${RULES[rule]}.`}</p>
            {isEditing && <RuleDialog {...{ tenantId, rule, onDone }} onClose={() => setEditing(false)} />}
          </>
        )}
      </Shown>
    </Card>
  )
}

interface RuleDialogProps {
  readonly tenantId: string
  readonly rule: Rule
  readonly onDone: (said: string) => void
  readonly onClose: () => void
}

function RuleDialog({ tenantId, rule: before, onDone, onClose }: RuleDialogProps) {
  const [rule, setRule] = useState(before)
  const [set] = useChange(SET_DEBIT_RULE)
  const send = async () => problemOf(await set({ input: { tenantId, rule } }), ({ setCreditDebitRule }) => setCreditDebitRule)
  return (
    <FormDialog
      title="Change which wallet usage debits"
      about={`It applies to usage of ${tenantId} from now on. What was debited before stays.`}
      submitText="Change the rule"
      isIdle={rule === before}
      send={send}
      onDone={() => onDone('The rule was changed.')}
      onClose={onClose}
    >
      {() => (
        <SelectField
          label="Usage debits"
          choices={Object.entries(RULES).map(([value, label]) => ({ value, label }))}
          value={rule}
          onChange={({ target: { value } }) => setRule(value as Rule)}
        />
      )}
    </FormDialog>
  )
}
