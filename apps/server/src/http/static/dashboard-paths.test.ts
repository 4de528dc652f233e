import { readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import { DASHBOARD_PAGES, dashboardPage } from './dashboard-paths.ts'

it('serves every page that the dashboard has, and no other path', () => {
  expect(DASHBOARD_PAGES.toSorted()).toEqual(readdirSync(new URL('../../../../dashboard/src/pages', import.meta.url)).toSorted())
  expect(dashboardPage('/tenants/acme')).toBe('/tenants')
  expect(dashboardPage('/sign-in')).toBe('/sign-in')
  expect(dashboardPage('/v1/events')).toBeUndefined()
})
