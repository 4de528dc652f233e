import type { ComponentType } from 'react'
import { Page as Frame } from '../ui/page.tsx'
import { Empty } from '../ui/states.tsx'
import { isOpenTo, type PageAbout } from './page-about.ts'
import { useViewer } from './viewer-context.ts'

/** Shows a page to those who may see it, and tells others what they lack. */
export function IfOpen({ page, then: Page }: { readonly page: PageAbout; readonly then: ComponentType }) {
  const viewer = useViewer()
  if (isOpenTo(viewer, page)) return <Page />
  const isForOperators = page.isForOperators === true && viewer.kind !== 'OPERATOR'
  return (
    <Frame title={page.title}>
      <Empty title="You may not see this page.">
        {isForOperators
          ? 'It is for operators. Sign in with an operator key.'
          : `Your key does not have the scope “${page.scope}”. Ask an operator for a key that has it.`}
      </Empty>
    </Frame>
  )
}
