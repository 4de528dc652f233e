import type { PageAbout } from '../../app/page-about.ts'

export const about: PageAbout = { path: '/prices', title: 'Prices', group: 'Limits and prices', order: 52, scope: 'prices:read', isForOperators: true }
