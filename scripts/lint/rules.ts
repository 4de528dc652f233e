import { coreTakesPorts } from './core-takes-ports.ts'
import { noExportAll } from './no-export-all.ts'
import { noVagueFileName } from './no-vague-file-name.ts'

// oxlint loads a plugin by its default export.
export default {
  meta: { name: 'tollgate' },
  rules: {
    'core-takes-ports': coreTakesPorts,
    'no-export-all': noExportAll,
    'no-vague-file-name': noVagueFileName,
  },
}
