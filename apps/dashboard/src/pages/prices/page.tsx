import { useState } from 'react'
import { useScope } from '../../app/viewer-context.ts'
import { Button } from '../../ui/button.tsx'
import { Page as Frame } from '../../ui/page.tsx'
import { Said } from '../../ui/said.tsx'
import { Aliases } from './aliases.tsx'
import { Catalog } from './catalog.tsx'
import type { ModelName } from './model-name.ts'
import { PriceChanges } from './price-changes.tsx'
import { PriceDialog } from './price-dialog.tsx'
import { RatingDialog } from './rating-dialog.tsx'
import { RatingRuns } from './rating-runs.tsx'
import { ToReview } from './to-review.tsx'

/** What providers charge: the catalogue, models that need a price, and the correction of past events. */
export function Page() {
  const mayPublish = useScope('prices:write')
  const [priced, setPriced] = useState<ModelName>()
  const [rated, setRated] = useState<ModelName>()
  const [said, setSaid] = useState<string>()
  const [version, setVersion] = useState(0)
  const done = (text: string) => {
    setSaid(text)
    setPriced(undefined)
    setRated(undefined)
    setVersion(version + 1)
  }
  return (
    <Frame
      title="Prices"
      about="What providers charge for a call. Each event is rated with the price at its own time."
      actions={
        mayPublish && (
          <>
            <Button onClick={() => setRated({ provider: '', model: '' })}>Rate past events again</Button>
            <Button look="primary" onClick={() => setPriced({ provider: '', model: '' })}>
              Publish a price
            </Button>
          </>
        )
      }
    >
      <Said text={said} />
      <ToReview key={`review ${version}`} {...(mayPublish && { onPrice: setPriced, onRate: setRated })} />
      <PriceChanges key={`changes ${version}`} mayDecide={mayPublish} onDone={done} />
      <RatingRuns key={`runs ${version}`} {...(mayPublish && { onDone: done })} />
      <Aliases key={`aliases ${version}`} onDone={done} />
      <Catalog key={`catalog ${version}`} />
      {priced !== undefined && <PriceDialog model={priced} onDone={done} onClose={() => setPriced(undefined)} />}
      {rated !== undefined && <RatingDialog model={rated} onDone={done} onClose={() => setRated(undefined)} />}
    </Frame>
  )
}
