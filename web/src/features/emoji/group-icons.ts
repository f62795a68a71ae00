import { Car, Clock, Flag, Hash, Leaf, Lightbulb, Pizza, Search, Smile, Sparkles, Trophy, Users } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { Text } from '../../shell/i18n.tsx'
import type { PickerGroup } from './picker-rows.ts'

export const GROUP_ICONS: Readonly<Record<PickerGroup, LucideIcon>> = {
  recent: Clock,
  smileys: Smile,
  people: Users,
  nature: Leaf,
  food: Pizza,
  travel: Car,
  activities: Trophy,
  objects: Lightbulb,
  symbols: Hash,
  flags: Flag,
  custom: Sparkles,
  found: Search,
}

/** What a group is called. */
export function groupLabel(group: PickerGroup, t: Text): string {
  switch (group) {
    case 'recent':
      return t('emoji.recent', 'Frequently used')
    case 'smileys':
      return t('emoji.smileys', 'Smileys and emotion')
    case 'people':
      return t('emoji.people', 'People and body')
    case 'nature':
      return t('emoji.nature', 'Animals and nature')
    case 'food':
      return t('emoji.food', 'Food and drink')
    case 'travel':
      return t('emoji.travel', 'Travel and places')
    case 'activities':
      return t('emoji.activities', 'Activities')
    case 'objects':
      return t('emoji.objects', 'Objects')
    case 'symbols':
      return t('emoji.symbols', 'Symbols')
    case 'flags':
      return t('emoji.flags', 'Flags')
    case 'custom':
      return t('emoji.custom', 'Custom emoji')
    case 'found':
      return t('emoji.found', 'Search results')
  }
}
