import type { ReactNode } from 'react'
import { useStore } from '../../../client/store.ts'
import { useText } from '../../../shell/i18n.tsx'
import { collapsesThreads } from '../../../store/posts.ts'
import { Page, Section } from '../parts/Section.tsx'
import { AutoReply } from './AutoReply.tsx'
import { DesktopSettings } from './DesktopSettings.tsx'
import { EmailSettings } from './EmailSettings.tsx'
import { HighlightedWords, Keywords } from './Keywords.tsx'
import { PushSettings } from './PushSettings.tsx'
import { ReplySettings } from './ReplySettings.tsx'
import { TestNotification } from './TestNotification.tsx'

/** How I want to be told of things, everywhere; single channels have settings of their own. */
export function NotificationsPage(): ReactNode {
  const t = useText()
  const push = useStore((state) => state.config['SendPushNotifications'] === 'true')
  const replies = useStore((state) => state.config['ExperimentalEnableAutomaticReplies'] === 'true')
  const collapsed = useStore(collapsesThreads)
  return (
    <Page>
      <Section title={t('settings.desktop', 'On this computer')}>
        <DesktopSettings />
      </Section>
      {push && (
        <Section title={t('settings.push', 'On your phone')}>
          <PushSettings />
        </Section>
      )}
      <Section title={t('settings.mails', 'By e-mail')}>
        <EmailSettings />
      </Section>
      <Section
        title={t('settings.keywords', 'Words that concern you')}
        description={t('settings.keywords_lead', 'A message with one of them counts as a mention of you.')}
      >
        <Keywords />
      </Section>
      <Section
        title={t('settings.highlights', 'Words that catch your eye')}
        description={t('settings.highlights_lead', 'They are highlighted in messages, without a notification.')}
      >
        <HighlightedWords />
      </Section>
      {!collapsed && (
        <Section title={t('settings.replies', 'Replies')}>
          <ReplySettings />
        </Section>
      )}
      {replies && (
        <Section
          title={t('settings.auto_reply', 'Automatic reply')}
          description={t(
            'settings.auto_reply_lead',
            'Direct messages are answered for you, and you are shown as out of office.',
          )}
        >
          <AutoReply />
        </Section>
      )}
      <Section title={t('settings.test', 'Do notifications reach you?')}>
        <TestNotification />
      </Section>
    </Page>
  )
}
