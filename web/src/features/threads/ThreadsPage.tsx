import type { ReactNode } from 'react'

export default function ThreadsPage(_: { teamId: string }): ReactNode {
  return null
}
