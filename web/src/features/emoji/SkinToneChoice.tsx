import type { ReactNode } from 'react'
import { useText } from '../../shell/i18n.tsx'
import type { Text } from '../../shell/i18n.tsx'
import { Menu, MenuItem, MenuTrigger } from '../../ui/Menu.tsx'
import { Button } from '../../ui/Button.tsx'
import { tooltip } from '../../ui/Tooltip.tsx'
import { emojiCharacter, SKIN_TONES, withSkinTone } from './names.ts'
import type { SkinTone } from './names.ts'

const HAND = 'hand'

function toneLabel(tone: SkinTone | null, t: Text): string {
  switch (tone) {
    case 'light':
      return t('emoji.tone_light', 'Light')
    case 'medium_light':
      return t('emoji.tone_medium_light', 'Medium light')
    case 'medium':
      return t('emoji.tone_medium', 'Medium')
    case 'medium_dark':
      return t('emoji.tone_medium_dark', 'Medium dark')
    case 'dark':
      return t('emoji.tone_dark', 'Dark')
    case null:
      return t('emoji.tone_default', 'Default')
  }
}

/** Chooses the tone of hands and people. */
export function SkinToneChoice(props: {
  value: SkinTone | null
  onChange: (tone: SkinTone | null) => void
}): ReactNode {
  const { value, onChange } = props
  const t = useText()
  const tones = [null, ...SKIN_TONES.map(({ tone }) => tone)]
  const label = t('emoji.tone', 'Skin tone')
  return (
    <MenuTrigger>
      <Button size="s" variant="quiet" aria-label={`${label}: ${toneLabel(value, t)}`} {...tooltip(label)}>
        {emojiCharacter(withSkinTone(HAND, value))}
      </Button>
      <Menu
        label={label}
        placement="top end"
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[value ?? 'none']}
        onSelectionChange={(keys) => {
          const chosen = [...keys][0]
          onChange(SKIN_TONES.find(({ tone }) => tone === chosen)?.tone ?? null)
        }}
      >
        {tones.map((tone) => (
          <MenuItem key={tone} id={tone ?? 'none'} textValue={toneLabel(tone, t)}>
            {`${emojiCharacter(withSkinTone(HAND, tone))}  ${toneLabel(tone, t)}`}
          </MenuItem>
        ))}
      </Menu>
    </MenuTrigger>
  )
}
