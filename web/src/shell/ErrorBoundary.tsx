import { Component } from 'react'
import type { ReactNode } from 'react'
import { ErrorNotice } from '../ui/ErrorNotice.tsx'
import { showToast } from '../ui/toasts.ts'
import { currentText } from './i18n.tsx'

interface Props {
  /** another value draws the content again: the address, the panel */
  readonly resetKey?: unknown
  /** line: one of many things is broken, such as a post. page: a whole pane */
  readonly variant?: 'line' | 'page'
  /** takes the broken thing away in place of a notice that stands where it stood */
  readonly onError?: () => void
  readonly children: ReactNode
}

interface State {
  readonly failed: boolean
  readonly resetKey: unknown
}

/** What breaks while it is drawn takes only its own place with it, and says so there. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failed: false, resetKey: this.props.resetKey }

  static getDerivedStateFromError(): Partial<State> {
    return { failed: true }
  }

  static getDerivedStateFromProps({ resetKey }: Props, state: State): State | null {
    return resetKey === state.resetKey ? null : { failed: false, resetKey }
  }

  override componentDidCatch(): void {
    const { onError } = this.props
    if (!onError) return
    showToast(brokenText(), { tone: 'danger' })
    onError()
  }

  override render(): ReactNode {
    const { variant = 'page', onError, children } = this.props
    if (!this.state.failed) return children
    if (onError) return null
    const t = currentText()
    return (
      <ErrorNotice
        variant={variant}
        title={brokenText()}
        text={t(
          'shell.broken_hint',
          'The rest works on. Reload the page to see it again; what you have written is kept.',
        )}
        action={{ label: t('shell.reload', 'Reload'), onPress: () => location.reload() }}
      />
    )
  }
}

function brokenText(): string {
  const t = currentText()
  return t('shell.broken', 'Something went wrong here')
}
