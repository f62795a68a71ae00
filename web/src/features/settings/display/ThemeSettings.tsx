import { useState } from 'react'
import type { ReactNode } from 'react'
import { usePreference } from '../../../client/preferences.ts'
import { useStore } from '../../../client/store.ts'
import { useText } from '../../../shell/i18n.tsx'
import { usePlace } from '../../../shell/place.ts'
import { RadioGroup } from '../../../ui/RadioGroup.tsx'
import { Select } from '../../../ui/Select.tsx'
import { choose, saving } from '../parts/save-me.ts'
import { parseTheme, savedTheme, schemeOf, themeOf } from '../theme/mattermost-theme.ts'
import type { Scheme } from '../theme/mattermost-theme.ts'
import { OwnColours } from './OwnColours.tsx'
import { saveTheme } from './save-theme.ts'

/** Light, dark, as the system has it, or colours of one's own; and how strong contrasts are. */
export function ThemeSettings(): ReactNode {
  const t = useText()
  const teamId = usePlace((place) => place.teamId)
  const saved = useStore((state) => JSON.stringify(savedTheme(state, teamId) ?? null))
  const standard = useStore((state) => state.config['DefaultTheme'])
  const ownAllowed = useStore((state) => state.config['AllowCustomThemes'] !== 'false')
  const selectable = useStore((state) => state.config['EnableThemeSelection'] !== 'false')
  const theme = parseTheme(saved)
  const scheme = schemeOf(theme, standard)
  // One's own colours begin with those that are seen.
  const [own, setOwn] = useState(scheme === 'own')
  const pick = (next: Scheme): void => {
    setOwn(next === 'own')
    if (next !== 'own') saving(saveTheme(themeOf(next)))
  }
  const options = [
    { value: 'system' as const, label: t('settings.theme_system', 'System') },
    { value: 'light' as const, label: t('settings.theme_light', 'Light') },
    { value: 'dark' as const, label: t('settings.theme_dark', 'Dark') },
    ...(ownAllowed ? [{ value: 'own' as const, label: t('settings.theme_own', 'Own colours') }] : []),
  ]
  return (
    <>
      {selectable && (
        <RadioGroup
          label={t('settings.theme', 'Theme')}
          hideLabel
          variant="segments"
          options={options}
          value={own ? 'own' : scheme}
          onChange={pick}
        />
      )}
      {selectable && own && <OwnColours theme={theme ?? themeOf('light')} />}
      <Contrast />
    </>
  )
}

function Contrast(): ReactNode {
  const t = useText()
  const contrast = usePreference('display_settings', 'contrast', 'system')
  const options = [
    { value: 'system', label: t('settings.contrast_system', 'As the system has it') },
    { value: 'normal', label: t('settings.contrast_normal', 'Normal') },
    { value: 'more', label: t('settings.contrast_more', 'High') },
  ]
  return (
    <Select
      label={t('settings.contrast', 'Contrast')}
      value={contrast}
      options={options}
      onChange={(value) => choose('display_settings', 'contrast', value)}
    />
  )
}
