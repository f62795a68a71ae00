import type { ReactNode } from 'react'

export default function ShortcutsDialog(_: { onClose: () => void }): ReactNode {
  return null
}
