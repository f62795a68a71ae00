import type { ReactNode } from 'react'
import { useUser } from '../../client/people.ts'
import { useStore } from '../../client/store.ts'
import { displayName } from '../../store/names.ts'
import type { Id } from '../../store/state.ts'

/** Somebody's name as the reader wants names to be shown. */
export function PersonName({ userId }: { userId: Id }): ReactNode {
  useUser(userId)
  return <>{useStore((state) => displayName(state, userId))}</>
}
