import type { ReactNode } from 'react'
import type { SettingsPage } from './open-settings.tsx'

export default function SettingsDialog(_: { page: SettingsPage; onClose: () => void }): ReactNode {
  return null
}
