import type { ReactNode } from 'react'

export default function AccountPages(): ReactNode {
  return null
}
