import type { ReactNode } from 'react'
import { Link } from 'react-router'

/** A link to another page of the client. */
export function InnerLink({ to, children }: { to: string; children: ReactNode }): ReactNode {
  return <Link to={to}>{children}</Link>
}
