import { useMemo } from 'react'
import type { ReactNode } from 'react'
import { useStore } from '../../../client/store.ts'
import { languages, useText } from '../../../shell/i18n.tsx'
import { ComboBox } from '../../../ui/lazy.tsx'
import { Select } from '../../../ui/Select.tsx'
import { Switch } from '../../../ui/Switch.tsx'
import { saveMe, saving } from '../parts/save-me.ts'

/** Language and time zone; both hold at once. */
export function LanguageSettings(): ReactNode {
  const t = useText()
  const locale = useStore((state) => state.users[state.me]?.locale ?? 'en')
  const allowed = useStore((state) => state.config['AvailableLocales'] ?? '')
  const known = Object.entries(languages).filter(([id]) => allowed === '' || allowed.split(',').includes(id))
  const options = known.map(([value, { name }]) => ({ value, label: name }))
  if (!options.some((one) => one.value === locale)) options.push({ value: locale, label: locale })
  return (
    <>
      <Select
        label={t('settings.language_choice', 'Language')}
        value={locale}
        options={options}
        onChange={(value) => saving(saveMe({ locale: value }))}
      />
      <TimeZone />
    </>
  )
}

function TimeZone(): ReactNode {
  const t = useText()
  const zone = useStore((state) => state.users[state.me]?.timezone)
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone
  const automatic = String(zone?.useAutomaticTimezone ?? 'true') === 'true'
  const zones = useMemo(
    () => Intl.supportedValuesOf('timeZone').map((value) => ({ value, label: value.replaceAll('_', ' ') })),
    [],
  )
  const save = (changes: { useAutomaticTimezone: string; manualTimezone: string }): void =>
    saving(saveMe({ timezone: { automaticTimezone: here, ...changes } }))
  return (
    <>
      <Switch
        checked={automatic}
        onChange={(on) => save({ useAutomaticTimezone: String(on), manualTimezone: on ? '' : here })}
        description={automatic ? here.replaceAll('_', ' ') : undefined}
      >
        {t('settings.zone_automatic', 'Time zone of this device')}
      </Switch>
      {!automatic && (
        <ComboBox
          label={t('settings.zone', 'Time zone')}
          options={zones}
          value={zone?.manualTimezone || null}
          onChange={(value) => value && save({ useAutomaticTimezone: 'false', manualTimezone: value })}
          empty={t('settings.zone_none', 'No time zone is called so.')}
        />
      )}
    </>
  )
}
