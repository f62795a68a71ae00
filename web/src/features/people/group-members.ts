import { request } from '../../client/api.ts'
import { update } from '../../client/store.ts'
import type { User } from '../../store/entities.ts'
import { receivedUsers } from '../../store/load.ts'
import type { Id } from '../../store/state.ts'

/** The most that the server gives at once. */
const PAGE = 200

interface Answer {
  readonly members: readonly User[]
  readonly total_member_count: number
}

/** Everybody in a group who has an account still, by username. Rejects where the reader may not know who is in groups. */
export async function groupMembers(groupId: Id): Promise<readonly User[]> {
  const all: User[] = []
  for (let page = 0; ; page++) {
    const { members } = await request<Answer>('GET', `/groups/${groupId}/members?page=${page}&per_page=${PAGE}`)
    all.push(...members)
    if (members.length < PAGE) break
  }
  update((state) => receivedUsers(state, all))
  return all
}

/** Those of a group who can be brought into a channel: in its team, and not in it yet. */
export async function addableOfGroup(groupId: Id, teamId: Id, channelId: Id): Promise<readonly User[]> {
  const members = (await groupMembers(groupId)).filter((user) => user.delete_at === 0)
  const ids = members.map(({ id }) => id)
  const [team, channel] = await Promise.all([
    placesOf(`/teams/${teamId}/members/ids`, ids),
    placesOf(`/channels/${channelId}/members/ids`, ids),
  ])
  return members.filter(({ id }) => team.has(id) && !channel.has(id))
}

/** Who of these people has a membership of a team or a channel. */
async function placesOf(path: string, ids: readonly Id[]): Promise<ReadonlySet<Id>> {
  if (ids.length === 0) return new Set()
  const found = await request<readonly { user_id: Id; delete_at?: number }[]>('POST', path, ids)
  return new Set(found.filter((one) => !one.delete_at).map((one) => one.user_id))
}
