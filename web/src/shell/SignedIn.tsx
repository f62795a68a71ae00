import type { ReactNode } from 'react'
import { Navigate, useLocation } from 'react-router'
import { seemsSignedIn } from '../client/boot.ts'
import { useStore } from '../client/store.ts'
import { requiredStep } from './required-step.ts'

/** What only somebody signed in may see; a visitor signs in first and comes back. */
export function SignedIn({ render }: { render: () => ReactNode }): ReactNode {
  const me = useStore((state) => state.me)
  const { pathname, search } = useLocation()
  const step = useStore(requiredStep)
  if (me && step && pathname !== step) {
    return <Navigate to={`${step}?redirect_to=${encodeURIComponent(pathname + search)}`} replace />
  }
  if (me) return render()
  const query = new URLSearchParams(seemsSignedIn() ? { extra: 'expired' } : {})
  if (pathname !== '/') query.set('redirect_to', pathname + search)
  return <Navigate to={`/login?${query}`} replace />
}
