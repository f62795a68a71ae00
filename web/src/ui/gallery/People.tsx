import type { ReactNode } from 'react'
import { Avatar, Badge, ColorSwatch, CountBadge, PresenceDot } from '../index.ts'
import { say } from './say.ts'
import styles from './Gallery.module.css'

const NAMES = ['김민아', '박준호', '남궁서연', 'Anna Berg', 'Sam Okoro', 'gitlab-bot', '李明', 'Zoë', '🦊 Fox']
const PRESENCES = ['online', 'away', 'dnd', 'offline'] as const
const TONES = ['neutral', 'accent', 'mention', 'success', 'warning', 'danger'] as const
const picture =
  'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="8" height="8" fill="%23e8b04a"/><circle cx="4" cy="3.2" r="1.6" fill="%23704214"/><circle cx="4" cy="8" r="3" fill="%23704214"/></svg>'

/** Pictures of people, their presence, and small signs. */
export const People = (): ReactNode => (
  <>
    <div className={styles.row}>
      {NAMES.map((name) => (
        <Avatar key={name} name={name} label={name} />
      ))}
      <Avatar name="Mina" src={picture} label="Mina" />
      <Avatar name="Broken" src="data:image/png;base64,AA==" label="Broken" />
    </div>
    <div className={styles.row}>
      {([16, 20, 24, 32, 36, 48, 72] as const).map((size, index) => (
        <Avatar
          key={size}
          name={NAMES[index % 4]!}
          size={size}
          presence={size > 20 ? PRESENCES[index % 4] : undefined}
        />
      ))}
      <Avatar name="Platform Team" size={36} shape="square" />
      {PRESENCES.map((presence) => (
        <PresenceDot key={presence} presence={presence} label={presence} />
      ))}
      {PRESENCES.map((presence) => (
        <PresenceDot key={presence} presence={presence} label={presence} size="l" />
      ))}
    </div>
    <div className={styles.row}>
      {TONES.map((tone) => (
        <Badge key={tone} tone={tone}>
          {tone === 'neutral' ? 'BOT' : tone}
        </Badge>
      ))}
      <CountBadge count={3} tone="mention" label={say('3 mentions', '멘션 3개')} />
      <CountBadge count={120} tone="mention" />
      <CountBadge count={12} />
      <ColorSwatch color="#fc6d26" label="#fc6d26" />
    </div>
  </>
)
