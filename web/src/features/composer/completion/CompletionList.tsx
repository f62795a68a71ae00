import { useLayoutEffect, useRef } from 'react'
import type { ReactNode, RefObject } from 'react'
import { createPortal } from 'react-dom'
import { useText } from '../../../shell/i18n.tsx'
import type { Text } from '../../../shell/i18n.tsx'
import { fullName } from '../../../store/names.ts'
import { isGuest } from '../../../store/permissions.ts'
import { Badge } from '../../../ui/Badge.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import { AtSign, Code, Hash, Lock, Terminal, UsersRound } from '../../../ui/icons.ts'
import { OptionList } from '../../../ui/OptionList.tsx'
import { Emoji } from '../../emoji/Emoji.tsx'
import { PersonAvatar } from '../../people/Person.tsx'
import css from './CompletionList.module.css'
import type { Item } from './items.ts'
import type { Completion } from './use-completion.ts'

/** The list of completions, above the box, or below where there is more room. */
export function CompletionList({
  completion,
  box,
}: {
  completion: Completion
  box: RefObject<HTMLElement | null>
}): ReactNode {
  const t = useText()
  const { trigger, option } = completion
  const list = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (list.current && box.current) place(list.current, box.current)
  })
  if (!trigger) return null
  return createPortal(
    <div ref={list} className={css['popup']}>
      <OptionList
        label={t('composer.completions', 'Suggestions')}
        option={option}
        sectionOf={(item) => sectionOf(t, item)}
        className={css['list']}
      >
        {(item) => <Choice item={item} />}
      </OptionList>
    </div>,
    document.body,
  )
}

function place(list: HTMLElement, box: HTMLElement): void {
  const { left, top, bottom, width } = box.getBoundingClientRect()
  const below = window.innerHeight - bottom
  const above = top > below
  list.style.left = `${left}px`
  list.style.width = `${Math.min(width, 560)}px`
  list.style.maxHeight = `${Math.min(320, Math.max(120, (above ? top : below) - 12))}px`
  list.style.bottom = above ? `${window.innerHeight - top + 4}px` : 'auto'
  list.style.top = above ? 'auto' : `${bottom + 4}px`
}

function sectionOf(t: Text, item: Item): string | undefined {
  switch (item.kind) {
    case 'user':
      return item.isMember
        ? t('composer.channel_members', 'In this channel')
        : t('composer.not_in_channel', 'Not in this channel')
    case 'everyone':
      return t('composer.everyone', 'Everyone')
    case 'group':
      return t('composer.groups', 'Groups')
    case 'channel':
      return item.isMine ? t('composer.my_channels', 'My channels') : t('composer.other_channels', 'Other channels')
    default:
      return undefined
  }
}

function Choice({ item }: { item: Item }): ReactNode {
  const t = useText()
  switch (item.kind) {
    case 'user':
      return <PersonChoice item={item} />
    case 'everyone':
      return <Line icon={<Icon icon={AtSign} />} name={`@${item.name}`} more={everyoneText(t, item.name)} />
    case 'group':
      return <Line icon={<Icon icon={UsersRound} />} name={item.group.display_name} more={`@${item.group.name}`} />
    case 'channel':
      return (
        <Line
          icon={<Icon icon={item.channel.type === 'P' ? Lock : Hash} />}
          name={item.channel.display_name}
          more={`~${item.channel.name}`}
        />
      )
    case 'emoji':
      return (
        <Line
          icon={<Emoji name={item.name} url={item.url} silent className={css['emoji']} />}
          name={`:${item.name}:`}
          more={item.label}
        />
      )
    case 'command':
      return <Line icon={<Icon icon={Terminal} />} name={`${item.shown} ${item.hint}`.trim()} more={item.description} />
    case 'language':
      return <Line icon={<Icon icon={Code} />} name={item.name} more="" />
  }
}

function PersonChoice({ item: { user } }: { item: Item & { kind: 'user' } }): ReactNode {
  const t = useText()
  const name = fullName(user)
  return (
    <>
      <PersonAvatar userId={user.id} size={24} presence />
      <span className={css['name']}>{name || user.username}</span>
      {user.nickname && <span className={css['more']}>({user.nickname})</span>}
      <span className={css['more']}>@{user.username}</span>
      {user.is_bot && <Badge>{t('posts.bot', 'BOT')}</Badge>}
      {isGuest(user) && <Badge>{t('posts.guest', 'GUEST')}</Badge>}
    </>
  )
}

const Line = ({ icon, name, more }: { icon: ReactNode; name: string; more: string }): ReactNode => (
  <>
    <span className={css['icon']}>{icon}</span>
    <span className={css['name']}>{name}</span>
    {more && <span className={css['more']}>{more}</span>}
  </>
)

function everyoneText(t: Text, name: 'here' | 'channel' | 'all'): string {
  if (name === 'here') return t('composer.here', 'Notifies those of this channel who are online')
  if (name === 'channel') return t('composer.channel', 'Notifies everyone in this channel')
  return t('composer.all', 'Notifies everyone in this channel')
}
