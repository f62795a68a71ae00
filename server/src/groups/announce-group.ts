import type { Tx } from '../database/unit-of-work.ts'
import { event } from '../realtime/events.ts'
import type { Group, GroupMember } from './group.ts'

/** Tells everybody how a group is now: clients show its mentions. Who is in it is not told. */
export function announceGroup(tx: Tx, group: Group): void {
  tx.changed({ kind: 'groups' })
  tx.publish(event('received_group', {}, { group: JSON.stringify({ ...group, member_ids: null }) }))
}

/** Tells people that they are in a group now, or no longer. */
export function announceMembers(
  tx: Tx,
  name: 'group_member_add' | 'group_member_deleted',
  members: readonly GroupMember[],
): void {
  tx.changed({ kind: 'groups' })
  for (const member of members) {
    tx.publish(event(name, { userId: member.user_id }, { group_member: JSON.stringify(member) }))
  }
}
