import type { ReactNode } from 'react'

export default function DraftsPage(_: { teamId: string; tab: 'drafts' | 'scheduled' }): ReactNode {
  return null
}
