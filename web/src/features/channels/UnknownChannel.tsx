import type { ReactNode } from 'react'

export function UnknownChannel(_: { name: string }): ReactNode {
  return null
}
