import type { ReactNode } from 'react'
import { usePreference } from '../../../client/preferences.ts'
import { useStore } from '../../../client/store.ts'
import { useText } from '../../../shell/i18n.tsx'
import { nameFormat } from '../../../store/names.ts'
import { RadioGroup } from '../../../ui/RadioGroup.tsx'
import { Select } from '../../../ui/Select.tsx'
import { choose } from '../parts/save-me.ts'

/** The clock, and how people are called. */
export function NamesAndClock(): ReactNode {
  const t = useText()
  const military = usePreference('display_settings', 'use_military_time', 'false')
  const at = new Date(2026, 0, 1, 15, 7)
  const time = (hour12: boolean): string =>
    new Intl.DateTimeFormat(t.locale, { hour: 'numeric', minute: '2-digit', hour12 }).format(at)
  return (
    <>
      <RadioGroup
        label={t('settings.clock', 'Clock')}
        variant="segments"
        options={[
          { value: 'false', label: time(true) },
          { value: 'true', label: time(false) },
        ]}
        value={military}
        onChange={(value) => choose('display_settings', 'use_military_time', value)}
      />
      <NameFormat />
    </>
  )
}

function NameFormat(): ReactNode {
  const t = useText()
  const format = useStore(nameFormat)
  const locked = useStore((state) => state.config['LockTeammateNameDisplay'] === 'true')
  const options = [
    { value: 'username', label: t('settings.name_username', 'Username') },
    { value: 'nickname_full_name', label: t('settings.name_nickname', 'Nickname, else full name') },
    { value: 'full_name', label: t('settings.name_full', 'First and last name') },
  ]
  return (
    <Select
      label={t('settings.name_format', 'People are called by')}
      value={format}
      options={options}
      disabled={locked}
      description={locked ? t('settings.locked', 'Your administrator has decided this for everybody.') : undefined}
      onChange={(value) => choose('display_settings', 'name_format', value)}
    />
  )
}
