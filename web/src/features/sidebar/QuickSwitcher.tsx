import { useEffect, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { api } from '../../client/api.ts'
import { getState, update } from '../../client/store.ts'
import { showFailure } from '../../shell/failure.ts'
import { useText } from '../../shell/i18n.tsx'
import { showSidebar } from '../../shell/layout/layout.ts'
import { channelPath, goTo } from '../../shell/navigate.ts'
import { receivedUsers } from '../../store/load.ts'
import type { Id } from '../../store/state.ts'
import { CountBadge } from '../../ui/Badge.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Hash } from '../../ui/icons.ts'
import { ListBox } from '../../ui/ListBox.tsx'
import { openChannelByName, openDirect } from '../channels/open-channel.ts'
import { PersonAvatar } from '../people/Person.tsx'
import { ChannelIcon } from './ChannelIcon.tsx'
import css from './QuickSwitcher.module.css'
import { findHits, mergeFound } from './find-hits.ts'
import type { Found, Hit } from './find-hits.ts'

interface Props {
  readonly teamId: Id
  readonly onClose: () => void
}

/** Ctrl/Cmd+K: types a few letters (also only the initial consonants of Hangul) and goes there. */
export default function QuickSwitcher({ teamId, onClose }: Props): ReactNode {
  const t = useText()
  const [query, setQuery] = useState('')
  const found = useFound(teamId, query)
  const hits = useMemo(() => mergeFound(findHits(getState(), teamId, query), found), [teamId, query, found])
  const open = (hit: Hit): void => {
    onClose()
    showSidebar(false)
    void go(hit, teamId).catch(showFailure)
  }
  return (
    <Dialog title={t('sidebar.go_to', 'Go to a conversation')} onClose={onClose} flush className={css['dialog']}>
      <ListBox
        label={t('sidebar.go_to', 'Go to a conversation')}
        placeholder={t('sidebar.go_hint', 'Channel or person')}
        query={query}
        onQueryChange={setQuery}
        items={hits}
        keyOf={(hit) => hit.key}
        onChoose={open}
        autoFocus
        empty={t('sidebar.no_hits', 'Nothing is called so. Try another spelling.')}
      >
        {(hit) => <HitRow hit={hit} />}
      </ListBox>
    </Dialog>
  )
}

function HitRow({ hit }: { hit: Hit }): ReactNode {
  return (
    <span className={css['hit']} data-unread={hit.unread}>
      <span className={css['icon']}>
        {hit.kind === 'channel' && <ChannelIcon channelId={hit.channelId} />}
        {hit.kind === 'person' && <PersonAvatar userId={hit.userId} size={20} presence />}
        {hit.kind === 'open' && <Icon icon={Hash} />}
      </span>
      <span className={css['name']}>{hit.name}</span>
      <span className={css['detail']}>{hit.detail}</span>
      <CountBadge count={hit.mentions} tone="mention" />
    </span>
  )
}

async function go(hit: Hit, teamId: Id): Promise<void> {
  if (hit.kind === 'channel') return goTo(channelPath(hit.channelId, hit.teamId || teamId))
  if (hit.kind === 'person') return void (await openDirect(hit.userId))
  await openChannelByName(teamId, 'channels', hit.channelName)
  const team = getState().teams[teamId]
  goTo(`/${team?.name}/channels/${hit.channelName}`)
}

/** What the server knows and this client does not: people, and open channels that I am not in. */
function useFound(teamId: Id, query: string): Found {
  const [found, setFound] = useState<Found>({ query: '', users: [], channels: [] })
  useEffect(() => {
    const term = query.trim()
    if (term.length < 2) return
    let here = true
    const timer = setTimeout(() => {
      void Promise.all([
        api
          .autocompleteUsers(term, teamId, '', { limit: 20 })
          .then(({ users, out_of_channel: others }) => [...users, ...(others ?? [])]),
        api.autocompleteChannels(teamId, term),
      ])
        .then(([users, channels]) => {
          update((state) => receivedUsers(state, users))
          if (here) setFound({ query: term, users, channels })
        })
        .catch(() => undefined)
    }, 150)
    return () => {
      here = false
      clearTimeout(timer)
    }
  }, [teamId, query])
  return found
}
