import { useState } from 'react'
import { useTenant } from '../../app/tenant-context.ts'
import { textIn, useView } from '../../app/use-view.ts'
import { usePages } from '../../graphql/use-pages.ts'
import { Card } from '../../ui/card.tsx'
import { SelectField } from '../../ui/field.tsx'
import { Page as Frame } from '../../ui/page.tsx'
import { Said } from '../../ui/said.tsx'
import { RejectedDialog } from './rejected-dialog.tsx'
import { REJECTED_EVENTS } from './rejected-events.operations.ts'
import { RejectedList } from './rejected-list.tsx'

const PAGE_SIZE = 50

/** Events that failed validation and count nowhere, until they are sent again and accepted. */
export function Page() {
  const { tenantId, timeZone } = useTenant()
  const [{ includesResolved, opened }, change] = useView(search => ({ includesResolved: search.show === 'all', opened: textIn(search, 'rejected') }))
  const [said, setSaid] = useState<string>()
  const variables = { tenantId: tenantId ?? null, includeResolved: includesResolved }
  const pages = usePages(REJECTED_EVENTS, variables, ({ rejectedEvents }) => rejectedEvents, PAGE_SIZE)
  const close = () => change({ rejected: undefined })
  return (
    <Frame
      title="Rejected events"
      about={`Events that failed validation. They count nowhere until they are sent again and accepted. Times are in ${timeZone}.`}
      actions={
        <SelectField
          label="Shown"
          isLabelHidden
          choices={[
            { value: 'waiting', label: 'Waiting' },
            { value: 'all', label: 'All' },
          ]}
          value={includesResolved ? 'all' : 'waiting'}
          onChange={({ target: { value } }) => change({ show: value === 'all' ? 'all' : undefined })}
        />
      }
    >
      <Said text={said} />
      <Card>
        <RejectedList pages={pages} showsTenants={tenantId === undefined} includesResolved={includesResolved} onOpen={rejected => change({ rejected })} />
      </Card>
      {opened !== undefined && (
        <RejectedDialog
          key={opened}
          id={opened}
          onRefused={pages.restart}
          onDone={text => {
            setSaid(text)
            close()
            pages.restart()
          }}
          onClose={close}
        />
      )}
    </Frame>
  )
}
