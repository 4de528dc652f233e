import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Code } from '../../ui/code.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Dialog, DialogButtons } from '../../ui/dialog.tsx'
import groupsText from './explore-groups.graphql?raw'
import latencyText from './explore-latency.graphql?raw'
import seriesText from './explore-series.graphql?raw'
import totalsText from './explore-totals.graphql?raw'
import type { ExploreVariables } from './explore-variables.ts'
import type { ExploreView } from './explore-view.ts'

/** Shows the queries behind the view, to copy them into a program. */
export function QueryDialog({ view, variables }: { readonly view: ExploreView; readonly variables: ExploreVariables }) {
  const [isOpen, setOpen] = useState(false)
  const showsTotals = view.isCompared || view.by.length === 0
  const chart = showsTotals
    ? { text: totalsText, variables: variables.totals }
    : { text: view.measure === 'LATENCY_P95' ? latencyText : seriesText, variables: variables.series }
  return (
    <>
      <Button onClick={() => setOpen(true)}>GraphQL query</Button>
      <Dialog
        title="The queries behind this view"
        about="Send each to /graphql with its variables, and a key with the scope usage:read, and costs:read to see costs."
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        isWide
      >
        <Query title="Table" text={groupsText} variables={variables.groups} />
        <Query title="Chart" text={chart.text} variables={chart.variables} />
        <DialogButtons onClose={() => setOpen(false)} closeText="Close" />
      </Dialog>
    </>
  )
}

function Query({ title, text, variables }: { readonly title: string; readonly text: string; readonly variables: object }) {
  return (
    <section className="flex min-w-0 flex-col gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="font-medium">{title}: query</h3>
        <CopyButton text={JSON.stringify({ query: text.trim(), variables })} label="Copy as a request body" />
      </div>
      <div className="max-h-56 overflow-y-auto">
        <Code text={text.trim()} label={`Query of the ${title.toLowerCase()}`} />
      </div>
      <h3 className="font-medium">{title}: variables</h3>
      <Code text={JSON.stringify(variables, null, 2)} label={`Variables of the ${title.toLowerCase()}`} />
    </section>
  )
}
