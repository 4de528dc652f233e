import { Alerts } from './alerts.tsx'
import { Events } from './events.tsx'
import { Overview } from './overview.tsx'
import { Quotas } from './quotas.tsx'
import { useLive } from './use-live.ts'

/** The page. */
export function App() {
  const { callsToday, alerts } = useLive()
  return (
    <main>
      <h1>Your AI usage, last 30 days</h1>
      <Overview callsToday={callsToday} />
      <Quotas />
      <Alerts live={alerts} />
      <Events />
    </main>
  )
}
