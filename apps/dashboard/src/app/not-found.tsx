import { Link } from '@tanstack/react-router'
import { Page } from '../ui/page.tsx'
import { Empty } from '../ui/states.tsx'

/** The page of an address that leads nowhere. */
export function NotFound() {
  return (
    <Page title="Not found">
      <Empty title="There is no page at this address.">
        <Link to="/" className="text-accent underline">
          Go to the first page
        </Link>
      </Empty>
    </Page>
  )
}
