import type { ReactNode } from 'react'
import { usePresence, useUser } from '../../client/people.ts'
import { useStore } from '../../client/store.ts'
import { useText } from '../../shell/i18n.tsx'
import { fullName } from '../../store/names.ts'
import { isGuest } from '../../store/permissions.ts'
import type { Id } from '../../store/state.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Clock, Mail } from '../../ui/icons.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { CustomStatusEmoji } from './CustomStatus.tsx'
import { zoneOf } from './local-time.ts'
import { PersonAvatar, presenceWord } from './Person.tsx'
import css from './Person.module.css'

/** Who somebody is: picture, names, what he does, his local time. */
export function PersonDetails({ userId }: { userId: Id }): ReactNode {
  const t = useText()
  const user = useUser(userId)
  const status = usePresence(userId)
  const isSystemAdmin = (user?.roles ?? '').split(' ').includes('system_admin')
  if (!user) return <Skeleton avatar={72} lines={3} />
  const full = fullName(user)
  return (
    <div className={css['details']}>
      <PersonAvatar userId={userId} size={72} presence />
      <div className={css['names']}>
        <strong className={css['full']}>{full || user.nickname || user.username}</strong>
        <span className={css['muted']}>
          @{user.username}
          {user.nickname && full && ` · ${user.nickname}`}
        </span>
        {user.position && <span>{user.position}</span>}
      </div>
      <div className={css['tags']}>
        {user.is_bot && <Badge>{t('posts.bot', 'BOT')}</Badge>}
        {isGuest(user) && <Badge>{t('posts.guest', 'GUEST')}</Badge>}
        {isSystemAdmin && <Badge tone="accent">{t('people.system_admin', 'System administrator')}</Badge>}
        {user.delete_at > 0 && <Badge tone="danger">{t('people.deactivated', 'Deactivated')}</Badge>}
        {!user.is_bot && user.delete_at === 0 && <span className={css['muted']}>{presenceWord(t, status)}</span>}
      </div>
      <CustomStatusEmoji userId={userId} withText withExpiry />
      {user.bot_description && <p className={css['muted']}>{user.bot_description}</p>}
      <ul className={css['facts']}>
        <LocalTime userId={userId} />
        {user.email && !user.is_bot && (
          <li>
            <Icon icon={Mail} size="s" />
            <a href={`mailto:${user.email}`}>{user.email}</a>
          </li>
        )}
      </ul>
    </div>
  )
}

/** What time it is where somebody is; nothing when it is the reader's own time. */
function LocalTime({ userId }: { userId: Id }): ReactNode {
  const t = useText()
  const zone = useStore((state) => zoneOf(state.users[userId]))
  if (!zone) return null
  const format = (timeZone?: string): string =>
    new Intl.DateTimeFormat(t.locale, { hour: 'numeric', minute: '2-digit', weekday: 'short', timeZone }).format(
      Date.now(),
    )
  if (format(zone) === format(t.intl.timeZone)) return null
  return (
    <li>
      <Icon icon={Clock} size="s" />
      {t('people.local_time', '{time} there', { time: format(zone) })}
    </li>
  )
}
