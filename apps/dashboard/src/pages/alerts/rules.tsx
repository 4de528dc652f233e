import { useState } from 'react'
import { useScope } from '../../app/viewer-context.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { formatCount, formatDecimal, wordOf } from '../../ui/format.ts'
import { Said } from '../../ui/said.tsx'
import { Shown } from '../../ui/states.tsx'
import { RuleDialog } from './rule-dialog.tsx'
import { Thresholds } from './thresholds.tsx'
import { RULES, type RulesQuery } from './alerts.operations.ts'

type Rule = RulesQuery['alertRules'][number]

/** The rules that raise alerts, and their thresholds. */
export function Rules() {
  const maySet = useScope('alerts:write')
  const read = useRead(RULES, {})
  const [edited, setEdited] = useState<Rule>()
  const [said, setSaid] = useState<string>()
  const [version, setVersion] = useState(0)
  const done = (text: string) => {
    setVersion(version + 1)
    setSaid(text)
    setEdited(undefined)
    read.refresh()
  }
  return (
    <>
      <Said text={said} />
      <Card title="Rules">
        <Shown read={read}>
          {({ alertRules }) => (
            <DataTable
              caption="Alert rules"
              rows={alertRules}
              keyOf={({ kind, scope }) => `${kind} ${scope}`}
              columns={[
                { header: 'Kind', cell: ({ kind }) => wordOf(kind) },
                { header: 'Of', cell: ({ scope }) => (scope === 'TENANT' ? 'each tenant' : 'all together') },
                { header: 'Above', isNumber: true, cell: ({ threshold }) => formatDecimal(threshold) },
                { header: 'Window', isNumber: true, cell: ({ windowMinutes }) => `${formatCount(windowMinutes)} min` },
                { header: 'State', cell: ({ enabled }) => <Badge tone={enabled ? 'good' : 'neutral'}>{enabled ? 'on' : 'off'}</Badge> },
                ...(maySet
                  ? [
                      {
                        header: <span className="sr-only">Change</span>,
                        cell: (rule: Rule) => (
                          <Button aria-label={`Change the rule of ${wordOf(rule.kind)}`} onClick={() => setEdited(rule)}>
                            Change
                          </Button>
                        ),
                      },
                    ]
                  : []),
              ]}
            />
          )}
        </Shown>
        {edited !== undefined && <RuleDialog rule={edited} onDone={done} onClose={() => setEdited(undefined)} />}
      </Card>
      {read.data !== undefined && <Thresholds key={version} rules={read.data.alertRules} maySet={maySet} onDone={done} />}
    </>
  )
}
