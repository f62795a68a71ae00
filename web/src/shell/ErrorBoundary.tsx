import { Component } from 'react'
import type { ReactNode } from 'react'
import { ErrorNotice } from '../ui/ErrorNotice.tsx'
import { PartNotLoaded } from '../ui/lazy-part.tsx'
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
  /** its code did not come: that can be tried again */
  readonly unloaded: boolean
  readonly resetKey: unknown
}

/** What breaks while it is drawn takes only its own place with it, and says so there. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failed: false, unloaded: false, resetKey: this.props.resetKey }

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { failed: true, unloaded: error instanceof PartNotLoaded }
  }

  static getDerivedStateFromProps({ resetKey }: Props, state: State): State | null {
    return resetKey === state.resetKey ? null : { failed: false, unloaded: false, resetKey }
  }

  override componentDidCatch(error: Error): void {
    if (error instanceof PartNotLoaded) error.renew()
    const { onError } = this.props
    if (!onError) return
    showToast(error instanceof PartNotLoaded ? unloadedText() : brokenText(), { tone: 'danger' })
    onError()
  }

  override render(): ReactNode {
    const { variant = 'page', onError, children } = this.props
    if (!this.state.failed) return children
    if (onError) return null
    const t = currentText()
    if (this.state.unloaded) {
      const again = (): void => this.setState({ failed: false, unloaded: false })
      return (
        <ErrorNotice
          variant={variant}
          title={unloadedText()}
          action={{ label: t('shell.try_again', 'Try again'), onPress: again }}
        />
      )
    }
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

function unloadedText(): string {
  const t = currentText()
  return t('shell.unloaded', 'This could not be loaded: the server was not reached.')
}
