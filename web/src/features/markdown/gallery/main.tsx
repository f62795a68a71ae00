import { useMemo } from 'react'
import type { ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import '../../../styles/base.css'
import { loadText, TextProvider } from '../../../shell/i18n.tsx'
import type { Text } from '../../../shell/i18n.tsx'
import { Copy } from '../../../ui/icons.ts'
import { IconButton, UiProvider } from '../../../ui/index.ts'
import { BARE_CONTEXT } from '../context.ts'
import type { MarkdownContext } from '../context.ts'
import { mentionHighlights, searchHighlights } from '../highlight-terms.ts'
import { Markdown } from '../Markdown.tsx'
import { PickerSample, UploadSample } from './EmojiSamples.tsx'
import { DIFF, ENGLISH, KOREAN, LONG_CODE } from './sample-texts.ts'

const query = new URLSearchParams(location.search)
const lang = query.get('lang') === 'ko' ? 'ko' : 'en'
const theme = query.get('theme')
if (theme) document.documentElement.dataset.theme = theme

const PARROT = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="4" fill="tomato"/></svg>')}`

/** What was pressed last, so that tests can read it. */
const pressed = (what: string): void => {
  document.documentElement.dataset.pressed = what
}

const context: MarkdownContext = {
  ...BARE_CONTEXT,
  siteURL: 'https://chat.example.com/sub',
  dialect: { inlineLatex: true, urlSchemes: [] },
  latex: true,
  imagesCollapsed: query.has('collapsed'),
  highlights: [...mentionHighlights('deploy, 회의'), ...searchHighlights(query.get('search') ?? '')],
  resolveMention: (name) => {
    if (name === 'all') return { kind: 'everyone', id: name, label: name, isMe: true }
    return ['anna', 'bob'].includes(name) ? { kind: 'user', id: name, label: name, isMe: name === 'anna' } : null
  },
  resolveChannel: (name) =>
    name === 'deploy' ? { id: name, label: 'Deployments', href: '/team/channels/deploy' } : null,
  customEmojiURL: (name) => (name === 'party_parrot' ? PARROT : null),
  imageSize: (url) => (url === '/picture.svg' ? { width: 1200, height: 500 } : null),
  onMention: ({ id }) => pressed(`mention ${id}`),
  onChannel: ({ id }) => pressed(`channel ${id}`),
  onHashtag: (tag) => pressed(`hashtag ${tag}`),
  onImage: ({ alt }) => pressed(`image ${alt}`),
  onPage: (path) => pressed(`page ${path}`),
  codeActions: (code) => <IconButton size="s" icon={Copy} label="Copy" onPress={() => pressed(`copy ${code}`)} />,
}

function Page(): ReactNode {
  const given = query.get('text')
  const texts = useMemo(
    () => (given === null ? [lang === 'ko' ? KOREAN : ENGLISH, ':tada: 👍🏽 :party_parrot:', LONG_CODE, DIFF] : [given]),
    [given],
  )
  return (
    <main style={{ display: 'grid', gap: 24, maxWidth: 760, padding: 24, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      <header style={{ borderBottom: '1px solid var(--line)', paddingBottom: 8 }}>
        <Markdown text={texts[0]!} context={context} singleLine />
      </header>
      {texts.map((text) => (
        <Markdown key={text} text={text} context={context} />
      ))}
    </main>
  )
}

function Shown(): ReactNode {
  const show = query.get('show')
  if (show === null) return <Page />
  return (
    <main style={{ padding: 24 }}>
      {show === 'picker' ? <PickerSample {...{ pressed }} /> : <UploadSample {...{ pressed }} />}
    </main>
  )
}

const words = {
  close: 'Close',
  clear: 'Clear',
  cancel: 'Cancel',
  loading: 'Loading',
  showPassword: '',
  hidePassword: '',
}

async function start(): Promise<void> {
  const text: Text = await loadText(lang)
  createRoot(document.getElementById('root')!).render(
    <TextProvider text={text}>
      <UiProvider texts={{ ...words, notices: 'Notices', optional: '', open: 'Open', colorInvalid: '' }} locale={lang}>
        <Shown />
      </UiProvider>
    </TextProvider>,
  )
}

void start()
