import { useState } from 'react'
import type { ReactNode } from 'react'
import { useText } from '../../../shell/i18n.tsx'
import type { Text } from '../../../shell/i18n.tsx'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import { ColorField } from '../../../ui/ColorField.tsx'
import { Copy } from '../../../ui/icons.ts'
import { TextArea } from '../../../ui/TextArea.tsx'
import { showToast } from '../../../ui/toasts.ts'
import { SaveForm } from '../parts/SaveForm.tsx'
import css from '../parts/Settings.module.css'
import { completeTheme, contrast, parseTheme, THEME_COLOURS } from '../theme/mattermost-theme.ts'
import type { MattermostTheme, ThemeColour } from '../theme/mattermost-theme.ts'
import { saveTheme } from './save-theme.ts'

/** Colours one by one, and the JSON in which Mattermost's clients exchange them. */
export function OwnColours({ theme }: { theme: MattermostTheme }): ReactNode {
  const t = useText()
  const [draft, setDraft] = useState<MattermostTheme>(theme)
  const colours = completeTheme(draft)
  const changed = JSON.stringify(draft) !== JSON.stringify(theme) || theme.type !== 'custom'
  const weak = contrast(colours.centerChannelBg, colours.centerChannelColor) < 4.5
  return (
    <SaveForm
      changed={changed}
      onReset={() => setDraft(theme)}
      onSave={() =>
        saveTheme({ ...draft, ...colours, type: 'custom' }).then(() =>
          setDraft({ ...draft, ...colours, type: 'custom' }),
        )
      }
    >
      <div className={css['colours']}>
        {THEME_COLOURS.map((name) => (
          <ColorField
            key={name}
            label={colourName(t, name)}
            value={colours[name]}
            onChange={(value) => setDraft({ ...draft, [name]: value })}
          />
        ))}
      </div>
      {weak && (
        <Banner tone="warning">
          {t('settings.weak_contrast', 'Text is hard to read on this background. Choose colours that differ more.')}
        </Banner>
      )}
      <ThemeText
        theme={{ ...draft, ...colours, type: 'custom' }}
        onTheme={(next) => setDraft({ ...next, type: 'custom' })}
      />
    </SaveForm>
  )
}

interface TextProps {
  readonly theme: MattermostTheme
  readonly onTheme: (theme: MattermostTheme) => void
}

function ThemeText({ theme, onTheme }: TextProps): ReactNode {
  const t = useText()
  const [typed, setTyped] = useState<string>()
  const json = JSON.stringify(theme)
  const wrong = typed !== undefined && typed.trim() !== '' && !parseTheme(typed)
  const type = (text: string): void => {
    const read = parseTheme(text)
    setTyped(read ? undefined : text)
    if (read) onTheme(read)
  }
  const copy = (): void => {
    void navigator.clipboard
      .writeText(json)
      .then(() => showToast(t('settings.theme_copied', 'Theme copied'), { tone: 'success' }))
  }
  return (
    <>
      <TextArea
        label={t('settings.theme_text', 'As text')}
        description={t('settings.theme_text_hint', 'Paste a theme of Mattermost here, or copy yours for others.')}
        error={
          wrong ? t('settings.theme_text_wrong', 'This is no theme. Paste the whole text, with its braces.') : undefined
        }
        value={typed ?? json}
        onChange={type}
        spellCheck={false}
      />
      <div className={css['buttons']}>
        <Button size="s" icon={Copy} onPress={copy}>
          {t('settings.theme_copy', 'Copy theme')}
        </Button>
      </div>
    </>
  )
}

function colourName(t: Text, name: ThemeColour): string {
  const names: Record<ThemeColour, string> = {
    centerChannelBg: t('settings.colour_background', 'Background'),
    centerChannelColor: t('settings.colour_text', 'Text'),
    linkColor: t('settings.colour_link', 'Links'),
    buttonBg: t('settings.colour_button', 'Buttons'),
    buttonColor: t('settings.colour_button_text', 'Text of buttons'),
    sidebarBg: t('settings.colour_sidebar', 'Sidebar'),
    sidebarText: t('settings.colour_sidebar_text', 'Text of the sidebar'),
    sidebarTeamBarBg: t('settings.colour_rail', 'Team list'),
    mentionBg: t('settings.colour_mention', 'Mentions'),
    mentionColor: t('settings.colour_mention_text', 'Text of mentions'),
    errorTextColor: t('settings.colour_error', 'Errors'),
    onlineIndicator: t('settings.colour_online', 'Online'),
    awayIndicator: t('settings.colour_away', 'Away'),
    dndIndicator: t('settings.colour_dnd', 'Do not disturb'),
  }
  return names[name]
}
