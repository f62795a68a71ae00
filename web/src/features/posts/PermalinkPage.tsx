import type { ReactNode } from 'react'

export default function PermalinkPage(_: { teamId: string }): ReactNode {
  return null
}
