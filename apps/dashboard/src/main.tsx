import './app/repair-language.ts'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { appSession } from './app/app-session.ts'
import { createAppRouter } from './app/router.tsx'
import { SessionClient } from './app/session-client.tsx'
import './app/styles.css'
import { applyTheme } from './app/theme.ts'
import { keepSession } from './session/keep-session.ts'

const root = document.querySelector('#root')
if (root === null) throw new Error('The page has no place for the dashboard.')

applyTheme()
keepSession(appSession)
const router = createAppRouter()
createRoot(root).render(
  <StrictMode>
    <SessionClient>
      <RouterProvider router={router} />
    </SessionClient>
  </StrictMode>,
)
