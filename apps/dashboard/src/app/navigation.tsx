import { Link } from '@tanstack/react-router'
import { navigationOf } from './page-about.ts'
import { PAGES } from './pages.ts'
import { useViewer } from './viewer-context.ts'

/** The pages that the viewer may see, by group. The tenant that was chosen stays chosen. */
export function Navigation() {
  const viewer = useViewer()
  const groups = Map.groupBy(navigationOf(viewer, PAGES), ({ group }) => group)
  return (
    <nav aria-label="Pages" className="flex flex-col gap-2">
      {[...groups].map(([group, pages]) => (
        <div key={group}>
          <p className="px-2 text-xs font-medium text-muted">{group}</p>
          <ul>
            {pages.map(({ path, title }) => (
              <li key={path}>
                <Link
                  to={path}
                  search={({ tenant }: { tenant?: string }) => ({ tenant })}
                  className="block rounded-md px-2 py-1 hover:bg-sunken"
                  activeProps={{ className: 'bg-accent-soft font-medium' }}
                >
                  {title}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  )
}
