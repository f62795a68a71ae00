import { useEffect } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { update, useStore } from '../../client/store.ts'
import { markStale } from '../../store/change.ts'
import type { Group } from '../../store/entities.ts'
import { canInGroup, GROUP_ROLE } from '../../store/permissions.ts'

export interface GroupRights {
  readonly edit: boolean
  readonly archive: boolean
  readonly restore: boolean
  /** bring people in and take them out, oneself too */
  readonly members: boolean
}

/** What I may do with a group. Groups of a directory are changed there. */
export function useGroupRights({ id, source }: Pick<Group, 'id' | 'source'>): GroupRights {
  const unknown = useStore((state) => !state.roles[GROUP_ROLE])
  useEffect(() => {
    if (unknown) update((state) => markStale(state, `role:${GROUP_ROLE}`))
  }, [unknown])
  return useStore(
    useShallow((state) => {
      const may = (permission: string): boolean => source === 'custom' && canInGroup(state, id, permission)
      return {
        edit: may('edit_custom_group'),
        archive: may('delete_custom_group'),
        restore: may('restore_custom_group'),
        members: may('manage_custom_group_members'),
      }
    }),
  )
}
