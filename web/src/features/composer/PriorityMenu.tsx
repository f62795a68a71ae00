import type { ReactNode } from 'react'
import { useStore } from '../../client/store.ts'
import { useText } from '../../shell/i18n.tsx'
import { isGuest } from '../../store/permissions.ts'
import type { State } from '../../store/state.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { BellRing, CircleCheck, Flag, X } from '../../ui/icons.ts'
import { Menu, MenuItem, MenuSection, MenuSeparator, MenuTrigger } from '../../ui/Menu.tsx'
import { hasPriority } from '../drafts/content.ts'
import type { Priority } from '../drafts/content.ts'
import { useWriting } from '../drafts/writing.ts'
import type { Writing } from '../drafts/writing.ts'
import css from './Composer.module.css'

const NONE = { priority: '' } as Priority

/** Whether posts may repeat their notifications until somebody answers. */
function mayPersist(state: State): boolean {
  const { config } = state
  if (config['AllowPersistentNotifications'] !== 'true') return false
  return config['AllowPersistentNotificationsForGuests'] === 'true' || !isGuest(state.users[state.me])
}

/** Marks a post as important or urgent, and asks its readers to acknowledge it. Only posts that begin a thread have that. */
export function PriorityMenu({ writing }: { writing: Writing }): ReactNode {
  const t = useText()
  const enabled = useStore((state) => state.config['PostPriority'] === 'true')
  const acknowledges = useStore((state) => state.config['PostAcknowledgements'] === 'true')
  const persists = useStore(mayPersist)
  const priority = useWriting(writing, (content) => content.priority) ?? NONE
  if (!enabled || writing.rootId) return null
  const set = (change: Partial<Priority>): void => {
    const next = { ...priority, ...change }
    if (next.priority !== 'urgent') delete next.persistent_notifications
    writing.write({ priority: hasPriority(next) ? next : undefined })
  }
  const wishes = [priority.requested_ack && 'ack', priority.persistent_notifications && 'persistent'].filter(
    (one): one is string => Boolean(one),
  )
  return (
    <MenuTrigger>
      <IconButton size="s" icon={Flag} label={t('composer.priority', 'Priority')} pressed={hasPriority(priority)} />
      <Menu label={t('composer.priority', 'Priority')} placement="top end">
        <MenuSection
          title={t('composer.priority', 'Priority')}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[priority.priority || 'standard']}
          onSelectionChange={(keys) => {
            const [key] = keys === 'all' ? [] : [...keys]
            set({ priority: (key === 'standard' ? '' : key) as Priority['priority'] })
          }}
        >
          <MenuItem id="standard">{t('composer.standard', 'Standard')}</MenuItem>
          <MenuItem id="important">{t('posts.important', 'Important')}</MenuItem>
          <MenuItem id="urgent">{t('posts.urgent', 'Urgent')}</MenuItem>
        </MenuSection>
        {acknowledges && (
          <>
            <MenuSeparator />
            <MenuSection
              title={t('composer.readers', 'Readers')}
              selectionMode="multiple"
              selectedKeys={wishes}
              onSelectionChange={(keys) => {
                const wished = new Set(keys === 'all' ? ['ack', 'persistent'] : keys)
                set({ requested_ack: wished.has('ack'), persistent_notifications: wished.has('persistent') })
              }}
            >
              <MenuItem id="ack" description={t('composer.ack_text', 'A button to say that it was read')}>
                {t('composer.ack', 'Request acknowledgement')}
              </MenuItem>
              {persists && priority.priority === 'urgent' ? (
                <MenuItem
                  id="persistent"
                  description={t('composer.persistent_text', 'Until somebody mentioned has answered')}
                >
                  {t('composer.persistent', 'Repeat notifications')}
                </MenuItem>
              ) : null}
            </MenuSection>
          </>
        )}
      </Menu>
    </MenuTrigger>
  )
}

/** What the post will be marked with, above its text. */
export function PriorityLabels({ writing }: { writing: Writing }): ReactNode {
  const t = useText()
  const priority = useWriting(writing, (content) => content.priority)
  const minutes = useStore((state) => Number(state.config['PersistentNotificationIntervalMinutes'] || 5))
  if (writing.rootId || !hasPriority(priority)) return null
  return (
    <div className={css['labels']}>
      {priority.priority === 'urgent' && <Badge tone="danger">{t('posts.urgent', 'Urgent')}</Badge>}
      {priority.priority === 'important' && <Badge tone="accent">{t('posts.important', 'Important')}</Badge>}
      {priority.requested_ack && (
        <span className={css['label']}>
          <Icon icon={CircleCheck} size="s" />
          {t('composer.ack', 'Request acknowledgement')}
        </span>
      )}
      {priority.persistent_notifications && (
        <span className={css['label']}>
          <Icon icon={BellRing} size="s" />
          {t('composer.persistent_every', 'Notifies every {minutes, number} minutes', { minutes })}
        </span>
      )}
      <IconButton
        size="s"
        icon={X}
        label={t('composer.no_priority', 'Remove the priority')}
        onPress={() => writing.write({ priority: undefined })}
      />
    </div>
  )
}
