import { useEffect, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import type { ChannelMembership } from '@mattermost/types/channels'
import { api, request } from '../../client/api.ts'
import { update, useStore } from '../../client/store.ts'
import { openDialog } from '../../shell/dialogs.tsx'
import { showFailure } from '../../shell/failure.ts'
import { useText } from '../../shell/i18n.tsx'
import { PanelHeader } from '../../shell/layout/PanelHeader.tsx'
import type { User } from '../../store/entities.ts'
import { receivedUsers } from '../../store/load.ts'
import { typed } from '../../store/match-name.ts'
import { channelName, fullName } from '../../store/names.ts'
import { can } from '../../store/permissions.ts'
import { compareNames } from '../../store/sidebar.ts'
import type { Id } from '../../store/state.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { UserPlus, Users } from '../../ui/icons.ts'
import { SearchField } from '../../ui/SearchField.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { MemberRow } from './MemberRow.tsx'
import css from './ChannelPanel.module.css'
import { AddMembersDialog } from './dialogs.ts'

/** A member with his place in the channel. */
export interface Member {
  readonly user: User
  readonly isAdmin: boolean
}

/** Who is in a channel: found by typing; added, removed and made administrator by those who may. */
export function ChannelMembers({ channelId }: { channelId: Id }): ReactNode {
  const t = useText()
  const [query, setQuery] = useState('')
  const name = useStore((state) => channelName(state, channelId))
  const type = useStore((state) => state.channels[channelId]?.type)
  const word = type === 'P' ? 'private' : 'public'
  const mayAdd = useStore((state) => type !== 'G' && can(state, `manage_${word}_channel_members`, { channelId }))
  const { members, reload } = useMembers(channelId)
  const { score } = typed(query)
  const fits = ({ user }: Member): boolean => score(user.username) + score(fullName(user)) + score(user.nickname) > 0
  const shown = members?.filter(fits)
  const admins = shown?.filter(({ isAdmin }) => isAdmin) ?? []
  const others = shown?.filter(({ isAdmin }) => !isAdmin) ?? []
  const add = (): void =>
    void openDialog((close) => <AddMembersDialog channelId={channelId} onClose={() => (close(), reload())} />)
  return (
    <>
      <PanelHeader
        title={t('channels.members', 'Members')}
        subtitle={name}
        actions={
          mayAdd && (
            <IconButton
              icon={UserPlus}
              label={t('channels.add_members', 'Add people')}
              tooltipSide="bottom"
              onPress={add}
            />
          )
        }
      />
      <div className={css['search']}>
        <SearchField
          label={t('channels.find_member', 'Find a member')}
          placeholder={t('channels.find_member', 'Find a member')}
          value={query}
          onChange={setQuery}
        />
      </div>
      <div className={css['members']}>
        {!shown && <Skeleton lines={6} height={18} avatar={32} />}
        {shown?.length === 0 && <EmptyState icon={Users} title={t('people.nobody', 'Nobody is called so.')} />}
        <MemberGroup
          title={t('channels.admins', 'Channel administrators')}
          members={admins}
          {...{ channelId, mayAdd, reload }}
        />
        <MemberGroup title={t('channels.members', 'Members')} members={others} {...{ channelId, mayAdd, reload }} />
      </div>
    </>
  )
}

interface GroupProps {
  readonly title: string
  readonly members: readonly Member[]
  readonly channelId: Id
  readonly mayAdd: boolean
  readonly reload: () => void
}

function MemberGroup({ title, members, channelId, mayAdd, reload }: GroupProps): ReactNode {
  if (members.length === 0) return null
  return (
    <section aria-label={title}>
      <h3 className={css['group']}>
        {title} · {members.length}
      </h3>
      <ul>
        {members.map((member) => (
          <MemberRow key={member.user.id} member={member} channelId={channelId} mayManage={mayAdd} onChanged={reload} />
        ))}
      </ul>
    </section>
  )
}

/** Everybody in the channel, page by page, asked for anew when its number of members changes. */
function useMembers(channelId: Id): { members: Member[] | undefined; reload: () => void } {
  const [round, setRound] = useState(0)
  const count = useStore((state) => state.channelStats[channelId]?.member_count)
  const [known, setKnown] = useState<{ users: readonly User[]; memberships: readonly ChannelMembership[] }>()
  useEffect(() => {
    let here = true
    const load = async (): Promise<void> => {
      const users: User[] = []
      const memberships: ChannelMembership[] = []
      for (let page = 0; here; page++) {
        const [people, places] = await Promise.all([
          api.getProfilesInChannel(channelId, page, 200),
          request<ChannelMembership[]>('GET', `/channels/${channelId}/members?page=${page}&per_page=200`),
        ])
        update((state) => receivedUsers(state, people))
        users.push(...people)
        memberships.push(...places)
        if (here) setKnown({ users: [...users], memberships: [...memberships] })
        if (people.length < 200) return
      }
    }
    load().catch(showFailure)
    return () => void (here = false)
  }, [channelId, count, round])
  const members = useMemo(() => known && join(known.users, known.memberships), [known])
  return { members, reload: () => setRound((now) => now + 1) }
}

function join(users: readonly User[], memberships: readonly ChannelMembership[]): Member[] {
  const places = new Map(memberships.map((one) => [one.user_id, one]))
  return users
    .map((user) => ({ user, isAdmin: places.get(user.id)?.scheme_admin ?? false }))
    .toSorted((a, b) => compareNames(fullName(a.user) || a.user.username, fullName(b.user) || b.user.username))
}
