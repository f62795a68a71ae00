import type { ReactNode } from 'react'
import { usePreference } from '../../client/preferences.ts'
import { useStore } from '../../client/store.ts'
import { useText } from '../../shell/i18n.tsx'
import { usePlace } from '../../shell/place.ts'
import type { Category } from '../../store/entities.ts'
import { RadioGroup } from '../../ui/RadioGroup.tsx'
import { Select } from '../../ui/Select.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { changeCategory } from '../sidebar/categories.ts'
import { choose, saving } from './parts/save-me.ts'
import { Page, Section } from './parts/Section.tsx'

/** How the list of channels is arranged. */
export function SidebarPage(): ReactNode {
  const t = useText()
  const unreads = usePreference('sidebar_settings', 'show_unread_section', 'false')
  return (
    <Page>
      <Section title={t('settings.unread', 'Unread channels')}>
        <Switch
          checked={unreads === 'true'}
          onChange={(on) => choose('sidebar_settings', 'show_unread_section', String(on))}
        >
          {t('settings.unread_apart', 'Gather unread channels at the top')}
        </Switch>
      </Section>
      <Section title={t('settings.direct', 'Direct messages')}>
        <DirectLimit />
        <DirectSorting />
      </Section>
    </Page>
  )
}

/** How many direct messages are listed; the server takes 1 to 40. */
function DirectLimit(): ReactNode {
  const t = useText()
  const limit = usePreference('sidebar_settings', 'limit_visible_dms_gms', '20')
  const counts = [...new Set([10, 15, 20, 40, Number(limit) || 20])].toSorted((a, b) => a - b)
  return (
    <Select
      label={t('settings.direct_count', 'How many are shown')}
      description={t('settings.direct_count_hint', 'Unread ones are always shown.')}
      value={limit}
      options={counts.map((count) => ({ value: String(count), label: String(count) }))}
      onChange={(value) => choose('sidebar_settings', 'limit_visible_dms_gms', value)}
    />
  )
}

function DirectSorting(): ReactNode {
  const t = useText()
  const teamId = usePlace((place) => place.teamId)
  const category = useStore((state) =>
    Object.values(state.categories).find((one) => one.team_id === teamId && one.type === 'direct_messages'),
  )
  if (!category) return null
  const options = [
    { value: 'recent', label: t('settings.sort_recent', 'Latest first') },
    { value: 'alpha', label: t('settings.sort_alpha', 'By name') },
    { value: 'manual', label: t('settings.sort_manual', 'As I arrange them') },
  ]
  return (
    <RadioGroup
      label={t('settings.direct_sorting', 'Order')}
      options={options}
      value={category.sorting || 'recent'}
      onChange={(sorting) => saving(changeCategory(category, { sorting: sorting as Category['sorting'] }))}
    />
  )
}
