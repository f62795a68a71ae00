import { useState } from 'react'
import type { ReactNode } from 'react'
import {
  Checkbox,
  ColorField,
  ComboBox,
  DateTimeField,
  RadioGroup,
  SearchField,
  Select,
  Switch,
  TextArea,
  TextField,
} from '../index.ts'
import { AtSign } from '../icons.ts'
import { say } from './say.ts'
import styles from './Gallery.module.css'

const ZONES = ['Asia/Seoul', 'Asia/Tokyo', 'Europe/Berlin', 'Europe/Paris', 'America/New_York', 'UTC']
const noon = Date.UTC(2026, 10, 22, 6, 7)

function TextFields(): ReactNode {
  const [name, setName] = useState(say('Mina Kim', '김민아'))
  const [user, setUser] = useState('mina kim')
  const [password, setPassword] = useState('correct horse')
  const [query, setQuery] = useState(say('release', '배포'))
  const [text, setText] = useState(
    say('Leads the design of the web client.', '웹 클라이언트의 디자인을 맡고 있습니다.'),
  )
  return (
    <div className={styles.stack}>
      <TextField
        label={say('Full name', '이름')}
        value={name}
        onChange={setName}
        description={say('Shown beside your posts.', '글 옆에 표시됩니다.')}
      />
      <TextField
        label={say('Username', '사용자 이름')}
        icon={AtSign}
        value={user}
        onChange={setUser}
        error={say('Use letters, digits, dots and dashes.', '영문자, 숫자, 점, 붙임표만 쓸 수 있습니다.')}
      />
      <TextField label={say('Password', '비밀번호')} type="password" value={password} onChange={setPassword} />
      <TextField
        label={say('Position', '직책')}
        optional
        value=""
        onChange={() => undefined}
        disabled
        placeholder="GitLab"
      />
      <SearchField
        label={say('Search', '검색')}
        value={query}
        onChange={setQuery}
        placeholder={say('Search', '검색')}
      />
      <TextArea label={say('About', '소개')} value={text} onChange={setText} aside={`${text.length}/250`} />
    </div>
  )
}

function Pickers(): ReactNode {
  const [look, setLook] = useState('system')
  const [zone, setZone] = useState<string | null>('Asia/Seoul')
  const [time, setTime] = useState<number | null>(noon)
  const [color, setColor] = useState('#6b4fbb')
  return (
    <div className={styles.stack}>
      <Select
        label={say('Theme', '테마')}
        value={look}
        onChange={setLook}
        options={[
          { value: 'system', label: say('Like the system', '시스템 설정에 따름') },
          { value: 'light', label: say('Light', '밝게') },
          { value: 'dark', label: say('Dark', '어둡게') },
        ]}
      />
      <ComboBox
        label={say('Time zone', '시간대')}
        value={zone}
        onChange={setZone}
        options={ZONES.map((value) => ({ value, label: value.replace('_', ' ') }))}
        empty={say('No such zone.', '일치하는 시간대가 없습니다.')}
      />
      <DateTimeField
        label={say('Send at', '보낼 시각')}
        value={time}
        onChange={setTime}
        timeZone="Asia/Seoul"
        description={say('In your time zone, Seoul.', '내 시간대(서울) 기준입니다.')}
      />
      <ColorField label={say('Accent', '강조색')} value={color} onChange={setColor} />
    </div>
  )
}

function Choices(): ReactNode {
  const [on, setOn] = useState(true)
  const [view, setView] = useState<'dense' | 'airy'>('dense')
  const [notify, setNotify] = useState<'all' | 'mentions' | 'none'>('mentions')
  return (
    <div className={styles.stack}>
      <Checkbox
        checked={on}
        onChange={setOn}
        description={say('For 30 days on this device.', '이 기기에서 30일 동안 유지합니다.')}
      >
        {say('Stay signed in', '로그인 상태 유지')}
      </Checkbox>
      <Checkbox checked={false} indeterminate onChange={() => undefined}>
        {say('All channels', '모든 채널')}
      </Checkbox>
      <Checkbox checked disabled onChange={() => undefined}>
        {say('Required by your administrator', '관리자가 정한 설정')}
      </Checkbox>
      <Switch
        checked={on}
        onChange={setOn}
        description={say('Also when the window is hidden.', '창이 가려져 있을 때도 울립니다.')}
      >
        {say('Sound', '소리')}
      </Switch>
      <Switch checked={!on} onChange={(value) => setOn(!value)}>
        {say('Do not disturb', '방해 금지')}
      </Switch>
      <RadioGroup
        label={say('Notify me about', '알림 받기')}
        value={notify}
        onChange={setNotify}
        options={[
          { value: 'all', label: say('All new posts', '모든 새 글') },
          {
            value: 'mentions',
            label: say('Mentions and direct messages', '멘션과 개인 메시지'),
            description: say('What most people choose.', '가장 많이 쓰는 설정입니다.'),
          },
          { value: 'none', label: say('Nothing', '받지 않음') },
        ]}
      />
      <RadioGroup
        label={say('Density', '간격')}
        variant="segments"
        value={view}
        onChange={setView}
        options={[
          { value: 'dense', label: say('Dense', '좁게') },
          { value: 'airy', label: say('Airy', '넓게') },
        ]}
      />
    </div>
  )
}

/** Fields and choices. */
export const Fields = (): ReactNode => (
  <div className={styles.grid}>
    <TextFields />
    <Pickers />
    <Choices />
  </div>
)
