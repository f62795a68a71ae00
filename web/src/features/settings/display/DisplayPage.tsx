import type { ReactNode } from 'react'
import { usePreference } from '../../../client/preferences.ts'
import { useStore } from '../../../client/store.ts'
import { useText } from '../../../shell/i18n.tsx'
import { collapsesThreads } from '../../../store/posts.ts'
import { RadioGroup } from '../../../ui/RadioGroup.tsx'
import { Switch } from '../../../ui/Switch.tsx'
import { choose } from '../parts/save-me.ts'
import { Page, Section } from '../parts/Section.tsx'
import { LanguageSettings } from './LanguageSettings.tsx'
import { NamesAndClock } from './NamesAndClock.tsx'
import { ThemeSettings } from './ThemeSettings.tsx'

const CATEGORY = 'display_settings'

/** How things look to me. */
export function DisplayPage(): ReactNode {
  const t = useText()
  return (
    <Page>
      <Section title={t('settings.theme', 'Theme')}>
        <ThemeSettings />
      </Section>
      <Section title={t('settings.language', 'Language and time')}>
        <LanguageSettings />
        <NamesAndClock />
      </Section>
      <Section title={t('settings.messages', 'Messages')}>
        <MessageSettings />
      </Section>
    </Page>
  )
}

function MessageSettings(): ReactNode {
  const t = useText()
  const density = usePreference(CATEGORY, 'message_display', 'clean')
  const width = usePreference(CATEGORY, 'channel_display_mode', 'full')
  const previews = useStore((state) => state.config['EnableLinkPreviews'] === 'true')
  const threads = useStore((state) => (state.config['CollapsedThreads'] ?? '').startsWith('default_'))
  const collapsed = useStore(collapsesThreads)
  const options = [
    { value: 'clean', label: t('settings.density_comfortable', 'Comfortable') },
    { value: 'compact', label: t('settings.density_compact', 'Compact') },
  ]
  return (
    <>
      <RadioGroup
        label={t('settings.density', 'Density')}
        variant="segments"
        options={options}
        value={density === 'compact' ? 'compact' : 'clean'}
        onChange={(value) => choose(CATEGORY, 'message_display', value)}
      />
      <RadioGroup
        label={t('settings.width', 'Width of conversations')}
        variant="segments"
        options={[
          { value: 'full', label: t('settings.width_full', 'Full') },
          { value: 'centered', label: t('settings.width_centered', 'Centred') },
        ]}
        value={width === 'centered' ? 'centered' : 'full'}
        onChange={(value) => choose(CATEGORY, 'channel_display_mode', value)}
      />
      <Choice name="collapse_consecutive_messages" fallback="true">
        {t('settings.group', 'Gather messages that one person writes in a row')}
      </Choice>
      <Choice name="colorize_usernames" fallback="false">
        {t('settings.coloured_names', 'Names in colours')}
      </Choice>
      {threads && (
        <Switch
          checked={collapsed}
          onChange={(on) => choose(CATEGORY, 'collapsed_reply_threads', on ? 'on' : 'off')}
          description={t(
            'settings.collapsed_hint',
            'Channels then show the first message only, and threads have a list of their own.',
          )}
        >
          {t('settings.collapsed', 'Show replies in threads, beside the channel')}
        </Switch>
      )}
      {previews && (
        <Choice name="link_previews" fallback="true">
          {t('settings.previews', 'Show what links lead to')}
        </Choice>
      )}
      <Choice name="collapse_previews" fallback="false" inverted>
        {t('settings.images', 'Show pictures at once')}
      </Choice>
      <Choice name="render_emoticons_as_emoji" fallback="true">
        {t('settings.emoticons', 'Turn :) into an emoji')}
      </Choice>
    </>
  )
}

interface ChoiceProps {
  readonly name: string
  readonly fallback: 'true' | 'false'
  /** the preference says the contrary of what stands here */
  readonly inverted?: boolean
  readonly children: ReactNode
}

function Choice({ name, fallback, inverted = false, children }: ChoiceProps): ReactNode {
  const value = usePreference(CATEGORY, name, fallback) === 'true'
  return (
    <Switch checked={value !== inverted} onChange={(on) => choose(CATEGORY, name, String(on !== inverted))}>
      {children}
    </Switch>
  )
}
