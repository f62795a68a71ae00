import { writeFileSync } from 'node:fs'
import { defaultOf, isFeatureFlag, isRandomDefault, settings, type DeclaredSetting } from '../src/config/declare.ts'

interface Words {
  readonly head: readonly string[]
  readonly columns: string
  readonly restart: string
  readonly secret: string
  readonly environmentOnly: string
  readonly noEnvironment: string
  readonly random: string
  readonly absent: string
  readonly accepted: string
  /** Sentences of settings.json in the language of the page. */
  readonly notes: Readonly<Record<string, string>> | undefined
}

const ENGLISH: Words = {
  head: [
    '# Configuration',
    '',
    '한국어: [ko/configuration.md](ko/configuration.md) · How settings are changed: [administration.md](administration.md#configuration)',
    '',
    'Every setting, in the order of `config.json`. Names and values are those of Mattermost 10.11, so an existing file can be',
    'used as it is. Settings of parts that Outpost does not have are read, checked and kept, and change nothing.',
    '',
    '- **Default**: what a new `config.json` gets.',
    '- **Variable**: an environment variable of this name wins over the file and is never written to it.',
    '- **restart**: the change counts from the next start. Everything else counts at once when it is saved through the API or',
    '  the file is read again.',
    '- **secret**: shown as asterisks by the API; never logged.',
  ],
  columns: '| Setting | Type | Default | Variable | Notes |',
  restart: 'restart',
  secret: 'secret',
  environmentOnly: 'only from the environment, never in the file',
  noEnvironment: 'only from the file',
  random: 'random, made once',
  absent: 'absent',
  accepted: 'accepted',
  notes: undefined,
}

const KOREAN: Words = {
  head: [
    '# 설정',
    '',
    'English: [../configuration.md](../configuration.md) · 설정을 바꾸는 방법: [administration.md](administration.md#configuration)',
    '',
    '모든 설정을 `config.json`의 순서대로 정리했습니다. 이름과 값은 Mattermost 10.11과 같으므로 기존 파일을 그대로 쓸 수 있습니다.',
    'Outpost에 없는 부분의 설정은 읽고 검사하고 보관하지만 동작에는 영향을 주지 않습니다.',
    '',
    '- **기본값**: 새 `config.json`에 들어가는 값입니다.',
    '- **환경 변수**: 이 이름의 환경 변수가 파일보다 우선하며, 파일에는 기록되지 않습니다.',
    '- **재시작**: 다음에 시작할 때부터 적용됩니다. 나머지는 API로 저장하거나 파일을 다시 읽으면 바로 적용됩니다.',
    '- **비밀**: API에서는 별표로 보이며 로그에 남지 않습니다.',
  ],
  columns: '| 설정 | 형식 | 기본값 | 환경 변수 | 비고 |',
  restart: '재시작',
  secret: '비밀',
  environmentOnly: '환경 변수로만 설정하며 파일에는 없음',
  noEnvironment: '파일로만 설정',
  random: '한 번 만든 무작위 값',
  absent: '없음',
  accepted: '허용 값',
  notes: {
    'Differs from Mattermost: nothing phones home.': 'Mattermost와 다름: 외부로 정보를 보내지 않습니다.',
    "Differs from Mattermost: the product's own name.": 'Mattermost와 다름: 제품 이름입니다.',
    'Differs from Mattermost (50): Outpost sets no small seat limit.':
      'Mattermost(50)와 다름: 인원을 작게 제한하지 않습니다.',
    'Differs from Mattermost: empty means the embedded database.':
      'Mattermost와 다름: 비어 있으면 내장 데이터베이스를 씁니다.',
    'Differs from Mattermost: masked like every other key.': 'Mattermost와 다름: 다른 키와 마찬가지로 가립니다.',
    "Differs from Mattermost: no link to the vendor's site; an empty link is hidden by clients.":
      'Mattermost와 다름: 제조사 사이트로 연결하지 않습니다. 빈 링크는 클라이언트가 숨깁니다.',
    'Differs from Mattermost: guests need no licence.': 'Mattermost와 다름: 게스트에 라이선스가 필요 없습니다.',
    'Differs from Mattermost: refused, version 4 is the only signature.':
      'Mattermost와 다름: 켤 수 없습니다. 버전 4 서명만 사용합니다.',
    'Taken as 5 to 100 MiB; so much memory one upload needs.':
      '5~100 MiB 범위로 맞춰 쓰며, 업로드 하나가 그만큼 메모리를 씁니다.',
  },
}

const PAGES = { 'docs/configuration.md': ENGLISH, 'docs/ko/configuration.md': KOREAN }

export type ConfigurationPage = keyof typeof PAGES

/** The text of docs/configuration.md or its Korean twin, made from settings.json. */
export function configurationDocument(page: ConfigurationPage): string {
  const words = PAGES[page]
  const lines = [...words.head]
  let section = ''
  for (const setting of settings) {
    if (setting.keys[0] !== section) {
      section = setting.keys[0]
      lines.push('', `## ${section}`, '', words.columns, '|---|---|---|---|---|')
    }
    lines.push(row(setting, words))
  }
  return `${lines.join('\n')}\n`
}

function row(setting: DeclaredSetting, words: Words): string {
  const name = setting.keys.slice(1).join('.')
  const cells = [`\`${name}\``, setting.type, defaultText(setting, words), variable(setting), notes(setting, words)]
  return `| ${cells.join(' | ')} |`
}

/** Loading fills in the defaults of an existing installation, also in a file that was not there before. */
function defaultText(setting: DeclaredSetting, words: Words): string {
  if (isRandomDefault(setting)) return words.random
  const value = defaultOf(setting, true)
  return value === null ? words.absent : code(JSON.stringify(value))
}

const variable = (setting: DeclaredSetting): string => (setting.type === 'object[]' ? '' : code(setting.env))

function notes(setting: DeclaredSetting, words: Words): string {
  const parts: string[] = []
  if (setting.restart) parts.push(words.restart)
  if (setting.secret) parts.push(words.secret)
  if (isFeatureFlag(setting)) parts.push(words.environmentOnly)
  if (setting.type === 'object[]') parts.push(words.noEnvironment)
  const accepted = setting.enum?.map((value) => code(JSON.stringify(value))).join(' ') ?? setting.valid
  if (accepted) parts.push(`${words.accepted}: ${accepted}`)
  if (setting.note) parts.push(noteIn(setting.note, words))
  return parts.join('; ')
}

function noteIn(note: string, { notes: translated }: Words): string {
  if (!translated) return note
  const text = translated[note]
  if (!text) throw new Error(`the note "${note}" of settings.json has no Korean text in write-configuration-doc.ts`)
  return text
}

/** Inline code inside a table: a bar would end the cell. */
const code = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``

if (import.meta.main) {
  for (const page of Object.keys(PAGES) as ConfigurationPage[]) {
    writeFileSync(new URL(`../../${page}`, import.meta.url), configurationDocument(page))
  }
}
