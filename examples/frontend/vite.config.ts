import react from '@vitejs/plugin-react'
import { defaultClientConditions, defineConfig } from 'vite'

export default defineConfig({
  plugins: [react()],
  // In this repository, @tollgate/graphql is used from its source. Installed from npm, it needs nothing here.
  resolve: { conditions: ['source', ...defaultClientConditions] },
  build: { target: 'es2022' },
})
