import { features } from '../features/index.ts'

/** The tables of every feature. */
export const tables = (await Promise.all(features.map(async feature => feature.tables?.()))).filter(table => table !== undefined)
