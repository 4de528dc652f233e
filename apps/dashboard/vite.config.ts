import tailwind from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Where `npm start` serves GraphQL, for `pnpm dev`. */
const SERVER = process.env['TOLLGATE_URL'] ?? 'http://localhost:4000'

export default defineConfig({
  plugins: [react(), tailwind()],
  // Inlined files would be `data:` URLs, which the content security policy forbids for fonts and styles.
  build: { target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 400 },
  server: { proxy: { '/graphql': { target: SERVER, ws: true }, '/v1': SERVER } },
})
