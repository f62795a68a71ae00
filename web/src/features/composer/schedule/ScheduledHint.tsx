import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useStore } from '../../../client/store.ts'
import { useText } from '../../../shell/i18n.tsx'
import { usePlace } from '../../../shell/place.ts'
import type { Id } from '../../../store/state.ts'
import { Icon } from '../../../ui/Icon.tsx'
import { CalendarClock } from '../../../ui/icons.ts'
import css from '../Composer.module.css'

/** That messages for this place wait for their time, with the way to them. */
export function ScheduledHint({ channelId, rootId }: { channelId: Id; rootId: Id }): ReactNode {
  const t = useText()
  const count = useStore(
    (state) =>
      Object.values(state.scheduledPosts).filter((one) => one.channel_id === channelId && one.root_id === rootId)
        .length,
  )
  const teamId = usePlace((here) => here.teamId)
  const team = useStore((state) => state.teams[teamId]?.name)
  if (count === 0 || !team) return null
  return (
    <p className={css['scheduled']}>
      <Icon icon={CalendarClock} size="s" />
      {t('composer.scheduled_here', '{count, plural, one {# message is} other {# messages are}} scheduled here.', {
        count,
      })}{' '}
      <Link to={`/${team}/scheduled_posts`}>{t('composer.see_all', 'See all')}</Link>
    </p>
  )
}
