import { Suspense } from 'react'
import type { ReactNode } from 'react'
import { useGroupCard } from './group-card.ts'
import { lazyPart } from '../../ui/lazy-part.tsx'

const GroupCard = lazyPart(() => import('./GroupCard.tsx'))

/** Where the card of a group is drawn, once in the app. It comes with its first use. */
export function GroupCardHost(): ReactNode {
  const isOpen = useGroupCard((state) => state.open !== undefined)
  return (
    isOpen && (
      <Suspense>
        <GroupCard />
      </Suspense>
    )
  )
}
